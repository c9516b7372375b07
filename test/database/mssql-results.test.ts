import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  openResults,
  STALE_AFTER_HOURS,
  staleTables,
  sweepResults,
} from "../../engine/backend/mssql/kept-results.ts";
import { problemsOf } from "../table/problem-of.ts";
import { asked } from "./mssql-asking.ts";
import type { Asked } from "./mssql-asking.ts";
import { serverCatalog } from "./server-catalog.ts";
import type { ServerCatalog } from "./server-catalog.ts";
import { ServerError } from "./tds-server.ts";
import type { Answering } from "./tds-server.ts";

interface Kept extends Asked {
  readonly catalog: ServerCatalog;
}

const ODD = "it's [odd]";
const REGISTER = /\.\.\[(cohortline_[0-9a-f]{24})\]/;

/** At a server whose registers hold what was entered. */
function keeping<T>(act: (kept: Kept) => Promise<T>, refused: RegExp = /^never$/): Promise<T> {
  const catalog = serverCatalog({ records: true, results: true, [ODD]: true, closed: false });
  const registers = new Map<string, string[]>();
  const answer: Answering["answer"] = (sql, client) => {
    if (refused.test(sql)) throw new ServerError(262);
    const known = catalog.answer(sql, client);
    if (known !== null) return known;
    catalog.hear(sql);
    const results = registers.get(REGISTER.exec(sql)?.[1] ?? "") ?? [];
    registers.set(REGISTER.exec(sql)?.[1] ?? "", results);
    const entered = /INSERT INTO .* SELECT '(\w+)'/.exec(sql)?.[1];
    if (entered !== undefined) results.push(entered);
    return { columns: [{ name: "result", kind: "nvarchar" }], rows: results.map((name) => [name]) };
  };
  return asked({ answer }, (of) => act({ ...of, catalog }));
}

const names = ({ catalog }: Kept) => catalog.tables().map(({ name }) => name);
const codes = async (act: () => Promise<unknown>) =>
  (await problemsOf(act)).map(({ code, exitCode }) => [code, exitCode]);

describe("a database for results", () => {
  for (const [database, message, hint] of [
    ["result", /"result": the server has none of this name/, /Is it "results"\?/],
    ["closed", /"closed": it is not open to this user/, /may make tables/],
    ["it's", /has none of this name/, /may make tables|Is it/],
  ] as const) {
    it(`must be there and open to the user: ${database}`, () =>
      keeping(async ({ session }) => {
        const opening = () => openResults({ session, database, fingerprint: "a" });
        const [told] = await problemsOf(opening);
        assert.deepEqual([told?.code, told?.exitCode], ["mssql-temp-database", 1]);
        assert.match(told?.message ?? "", message);
        assert.match(told?.hint ?? "", hint);
      }));
  }

  it("must let the user make tables", () =>
    keeping(async ({ session }) => {
      const opening = () => openResults({ session, database: "results", fingerprint: "a" });
      const [told] = await problemsOf(opening);
      assert.match(told?.message ?? "", /"results": this user may not make tables in it/);
    }, /CREATE TABLE \[results\]/));

  it("may have any name", () =>
    keeping(async (kept) => {
      const { session } = kept;
      const results = await openResults({ session, database: ODD, fingerprint: "a" });
      assert.match(
        String(results.table("x")),
        /^\[it's \[odd\]\]\]\.\.\[cohortline_[0-9a-f]{24}_x\]$/,
      );
    }));
});

describe("results in a database", () => {
  const database = "results";

  it("are found by what they are of, at the time at which they were begun, as far as they are finished", () =>
    keeping(async (kept) => {
      const { session, another, catalog } = kept;
      const first = await openResults({ session, database, fingerprint: "a" });
      assert.deepEqual([first.finished.size, first.warnings.length], [0, 0]);
      for (const name of ["20200101", "20200201"]) {
        catalog.make(String(first.table(name)).split("..")[1]?.slice(1, -1) ?? "");
        if (name === "20200101") await first.finish(name);
      }
      await session.close();
      const again = await openResults({ session: await another(), database, fingerprint: "a" });
      assert.equal(again.begun, first.begun);
      assert.deepEqual([...again.finished], ["20200101"]);
      assert.deepEqual(
        again.warnings.map(({ code }) => code),
        ["mssql-results-found"],
      );
      assert.ok(!names(kept).some((name) => name.endsWith("20200201")));
      const other = await openResults({ session: await another(), database, fingerprint: "b" });
      assert.equal(other.finished.size, 0);
      assert.notEqual(other.begun, first.begun);
      await again.forget();
      await other.forget();
      assert.deepEqual(names(kept), []);
    }));

  it("are of one run at a time", () =>
    keeping(async ({ session, another }) => {
      const keep = { database, fingerprint: "a" };
      await openResults({ session, ...keep });
      const second = await another();
      const refused = [["mssql-results-in-use", 3]];
      assert.deepEqual(await codes(() => openResults({ session: second, ...keep })), refused);
    }));

  it("are forgotten after three days, but not those of a run that is at work", () =>
    keeping(async (kept) => {
      const { session, another, catalog } = kept;
      catalog.make("cohortline_of_somebody");
      catalog.make(`cohortline_${"a".repeat(24)}_20200101`);
      const working = await openResults({ session, database, fingerprint: "a" });
      const dead = await another();
      await openResults({ session: dead, database, fingerprint: "b" });
      await dead.close();
      catalog.age(STALE_AFTER_HOURS);
      const newer = await openResults({ session: await another(), database, fingerprint: "c" });
      const register = String(working.table("")).split("..")[1]?.slice(1, -2) ?? "";
      assert.deepEqual(names(kept).slice(0, 2), ["cohortline_of_somebody", register]);
      assert.equal(names(kept).length, 3);
      await newer.forget();
    }));

  it("are dropped by who cleans up, once they are old", () =>
    keeping(async (kept) => {
      const { session, another, catalog } = kept;
      const dead = await another();
      await openResults({ session: dead, database, fingerprint: "b" });
      await dead.close();
      assert.deepEqual(await sweepResults({ session, database }), []);
      catalog.age(STALE_AFTER_HOURS);
      assert.equal((await sweepResults({ session, database })).length, 1);
      assert.deepEqual(names(kept), []);
    }));

  it("are stale with their register, or without one", () => {
    const [a, b, c] = ["a", "b", "c"].map((letter) => `cohortline_${letter.repeat(24)}`);
    const table = (name: string, hours: number) => ({ name, hours, created: "" });
    const stale = staleTables([
      table(`${a}`, 1),
      table(`${a}_20200101`, 0),
      table(`${b}`, STALE_AFTER_HOURS),
      table(`${b}_20200101`, 1),
      table(`${c}_20200101`, 0),
      table("cohortline_other", 1000),
    ]);
    assert.deepEqual(stale, [`${b}`, `${b}_20200101`, `${c}_20200101`]);
  });
});
