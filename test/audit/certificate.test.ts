/** `audit --certificate` and `verify-certificate`. */
import assert from "node:assert/strict";
import { readFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { auditCertified } from "../../engine/audit/audit.ts";
import { CERTIFICATE_FORMAT, sealed } from "../../engine/audit/certificate/certificate.ts";
import type { Certificate } from "../../engine/audit/certificate/certificate.ts";
import { readCertificate } from "../../engine/audit/certificate/read-certificate.ts";
import { verifyCertificate } from "../../engine/audit/certificate/verify-certificate.ts";
import { policyOf } from "../../engine/audit/describe/description.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { mutants } from "./json-mutants.ts";
import type { Json } from "./json-mutants.ts";

const date = "2021-03-01";

/** Practices of 40 people; of `blanks` of them the ill are hidden, of two they are shown. */
function release(blanks: number, total: number): string {
  const rows = Array.from({ length: blanks }, (_, at) => `p${at},,40,,${date}`);
  const shown = [30, 31].map((ill, at) => `q${at},${ill}.0,40,${ill / 40},${date}`);
  const people = 40 * (blanks + 2);
  const measure = (id: string, key: string) => ({
    ...{ id, numerator: "ill", denominator: "population", group_by: [key] },
    small_number_suppression: true,
  });
  const header = "ill,population,value,date";
  return JSON.stringify({
    ...{ format: 1, columns: { ill: { kind: "flag" } } },
    releases: [
      {
        ...{ name: "first", study: "s", data: "d" },
        measures: [measure("by_practice", "practice"), measure("all", "population")],
        files: {
          "measure_by_practice.csv": [`practice,${header}`, ...rows, ...shown, ""].join("\n"),
          "measure_all.csv": `${header}\n${total},${people},${total / people},${date}\n`,
        },
      },
    ],
  });
}

/** 12 of which each can be 1 to 5, mostly shown by exchanging two practices. */
const wide = release(12, 91);

function certified(text: string) {
  const description = readDescription(text, "release.json");
  const { certificate } = auditCertified(description, { budget: 5000, certifies: true });
  assert.ok(certificate !== null);
  return { description, text: JSON.stringify(certificate) };
}

/** As somebody would write it who wants it to be believed. */
function forged(text: string): string {
  const { seal, ...rest } = JSON.parse(text) as Certificate;
  assert.equal(seal.length, 64);
  return JSON.stringify(sealed(rest));
}

const verify = (text: string, description: ReturnType<typeof readDescription>) =>
  verifyCertificate(readCertificate(text, "certificate.json"), description);

describe("a certificate of an audit", () => {
  it("holds for no files that contradict each other, even where none of their numbers is small", () => {
    const { description, text } = certified(release(0, 61));
    assert.ok(verify(text, description).holds);
    const otherwise = readDescription(release(0, 62), "release.json");
    const { certificate, result } = auditCertified(otherwise, { budget: 5000, certifies: true });
    assert.deepEqual([certificate, result.releasable], [null, false]);
    // Whoever writes a certificate by hand leaves out the tables, which cannot be.
    const changed = JSON.parse(text) as { inputs: object[]; worlds: { witnesses: object[] }[] };
    changed.inputs = result.inputs.map(({ release: name, file, sha256 }) => ({
      release: name,
      file,
      sha256,
    }));
    for (const world of changed.worlds) world.witnesses = [];
    const found = verify(forged(JSON.stringify(changed)), otherwise);
    assert.match(found.holds ? "" : found.why, /Nothing shows that the tables .* can all be true/);
  });

  it("is written where all is releasable, holds for the same files, and for no others", async () => {
    const files = { "release.json": wide, "leaking.json": release(12, 73) };
    await inWorkspace(files, async (folder) => {
      const audit = (file: string, to: string) =>
        cohortline(folder, ["audit", "--description", file, "--certificate", to]);
      assert.equal((await audit("leaking.json", "no.json")).code, 1);
      assert.ok(!existsSync(join(folder, "no.json")));
      assert.equal((await audit("release.json", "yes.json")).code, 0);
      const verified = (file: string, ...more: readonly string[]) =>
        cohortline(folder, ["verify-certificate", file, "--description", ...more]);
      const { code, out } = await verified("yes.json", "release.json");
      assert.equal(code, 0, out);
      assert.match(out, /^The certificate holds: 12 numbers have tables that print the same\.\n$/);
      const other = await verified("yes.json", "leaking.json");
      assert.equal(other.code, 1);
      assert.match(
        other.out,
        /does not hold: first\/measure_all\.csv is not the file that it is of/,
      );
      writeFileSync(
        join(folder, "broken.json"),
        readFileSync(join(folder, "yes.json")).subarray(9),
      );
      assert.match((await verified("broken.json", "release.json")).err, /audit-not-json/);
      assert.match((await verified("none.json", "release.json")).err, /audit-file-not-found/);
      writeFileSync(join(folder, "older.json"), `{"certificate":1,"worlds":[]}`);
      const older = await verified("older.json", "release.json");
      assert.equal(older.code, 1);
      assert.match(older.err, /"older\.json" is a certificate of format 1.*reads format 2/);
      assert.match(older.err, /Audit the same files again with --certificate/);
    });
  });

  it("says the same every time, and does not hold under a stricter policy", () => {
    const { description, text } = certified(wide);
    assert.equal(certified(wide).text, text);
    assert.ok(verify(text, description).holds);
    const stricter = { ...description, policy: { minValues: 5 } };
    assert.deepEqual(verify(text, stricter), { holds: false, why: "It is of another policy." });
    const relabelled = forged(text.replace('"minValues":3', '"minValues":5'));
    assert.match(JSON.stringify(verify(relabelled, stricter)), /Too few tables/);
  });

  it("does not hold once any number of any of its tables is changed", () => {
    const { description, text } = certified(wide);
    const certificate = JSON.parse(text) as {
      worlds: { witnesses: (string | null)[][] }[];
    };
    const [world = { witnesses: [] }] = certificate.worlds;
    const places = world.witnesses.flatMap((layouts, witness) =>
      layouts.flatMap((numbers, layout) =>
        (numbers ?? "")
          .split(" ")
          .flatMap((run, at) => (run === "" ? [] : [{ witness, layout, at }])),
      ),
    );
    const mutate = (place: (typeof places)[number], by: number): string => {
      const changed = structuredClone(certificate);
      const own = changed.worlds[0]?.witnesses[place.witness] ?? [];
      const runs = (own[place.layout] ?? "").split(" ");
      const [value = "0", times = "1"] = (runs[place.at] ?? "").split("x");
      const rest = times === "1" ? [] : [`${value}x${Number(times) - 1}`];
      runs.splice(place.at, 1, String(Math.max(0, Number(value) + by)), ...rest);
      own[place.layout] = runs.join(" ");
      return JSON.stringify(changed);
    };
    assert.ok(places.length >= 10);
    const change = fc.integer({ min: -3, max: 9 }).filter((by) => by !== 0);
    const check = (place: (typeof places)[number], by: number): void => {
      const changed = mutate(place, by);
      fc.pre(changed !== mutate(place, 0));
      assert.ok(!verify(forged(changed), description).holds, changed);
    };
    fc.assert(fc.property(fc.constantFrom(...places), change, check), { numRuns: 150, seed: 3 });
  });

  it("does not hold once something is left out of it", () => {
    const { description, text } = certified(wide);
    interface Mutable {
      inputs: object[];
      worlds: {
        layouts: { columns: string[] }[];
        witnesses: unknown[][];
        ways: unknown[][];
        columns: Record<string, number>;
        cells: string;
      }[];
    }
    const of = (all: Mutable): Mutable["worlds"][number] => {
      const [world] = all.worlds;
      assert.ok(world !== undefined);
      return world;
    };
    const firstWay = (all: Mutable): unknown[] => of(all).ways[0] ?? [];
    const mutants: Readonly<Record<string, (all: Mutable) => void>> = {
      "a file": (all) => void all.inputs.pop(),
      "all of the patients": (all) => void all.worlds.pop(),
      "a cell": (all) => void (of(all).cells = "0x11"),
      "every cell": (all) => void (of(all).cells = ""),
      "a cell, for one that nobody has": (all) => void (of(all).cells += " 0"),
      "the way that shows a cell": (all) => void (of(all).cells = "99x12"),
      "all ways": (all) => void of(all).ways.splice(0),
      "one that shows a value": (all) => void firstWay(all).pop(),
      "a value, for one that is shown already": (all) => void firstWay(all).splice(1, 1, [0]),
      "what is exchanged, for a number that is shown": (all) =>
        void firstWay(all).splice(1, 1, [0, 13, [3]]),
      "what is exchanged, for a place that nobody has": (all) =>
        void firstWay(all).splice(1, 1, [0, 99, [3]]),
      "what is exchanged, for a sum": (all) => void firstWay(all).splice(1, 1, [0, 0, [2]]),
      "a layout": (all) => {
        of(all).layouts.splice(2, 1);
        for (const witness of of(all).witnesses) witness.splice(2, 1);
      },
      "the groups of a column": (all) => {
        delete of(all).columns["practice"];
      },
      "the groups of a column, for those of another": (all) =>
        void (of(all).columns["practice"] = 1),
      "all tables": (all) => void of(all).witnesses.splice(0),
      "tables of a size that no memory has": (all) => {
        const { layouts, witnesses } = of(all);
        for (const layout of layouts) layout.columns = Array<string>(9).fill("practice");
        for (const witness of witnesses) witness.fill(`1x${14 ** 9}`);
      },
    };
    for (const [says, mutate] of Object.entries(mutants)) {
      const changed = JSON.parse(text) as Mutable;
      mutate(changed);
      assert.ok(!verify(forged(JSON.stringify(changed)), description).holds, says);
    }
  });

  it("does not hold with any change at all, of whatever kind and wherever", () => {
    const { description, text } = certified(wide);
    const refused = (changed: string, says: string): void => {
      try {
        assert.ok(!verify(changed, description).holds, says);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
      }
    };
    let changes = 0;
    for (const [says, changed] of mutants(JSON.parse(text) as Json)) {
      changes++;
      refused(JSON.stringify(changed), says);
    }
    assert.ok(changes > 200, String(changes));
    for (let at = 0; at < text.length; at += 97) refused(text.slice(0, at), `cut at ${at}`);
  });

  it("does not hold with patients in a group that no file has, where rows say nothing of who is in none", () => {
    const rule = { threshold: 5, as: "star" };
    const rows = (ill: string) =>
      `a,${ill},100,,${date}\nb,40,100,0.4,${date}\nc,50,100,0.5,${date}\n`;
    const given = (ill: string, by: object) => ({
      ...{ format: 1, columns: { ill: { kind: "flag" } } },
      releases: [
        {
          ...{ name: "first", study: "s", data: "d" },
          measures: [by, { id: "all", group_by: ["population"] }].map((own) => ({
            ...{ id: "m", numerator: "ill", denominator: "population", rule, ...own },
          })),
          files: {
            "measure_m.csv": `area,ill,population,value,date\n${rows(ill)}`,
            "measure_all.csv": `ill,population,value,date\n93,300,0.31,${date}\n`,
          },
        },
      ],
    });
    // Three of a are known from the total.
    const leaking = readDescription(JSON.stringify(given("*", { group_by: ["area"] })), "f");
    assert.ok(!auditCertified(leaking, { budget: 5000, certifies: true }).result.releasable);
    const inputs = auditCertified(leaking, { budget: 5000, certifies: true }).result.inputs;
    const layouts = ["ill", "population"].flatMap((quantity) =>
      [[], ["area"]].map((own) => ({ quantity, date, columns: own })),
    );
    const made = [1, 2, 3].map((a) => ["93", `${a} 40 50 ${3 - a}`, "300", "100 100 100 0"]);
    const certificate = sealed({
      ...{ certificate: CERTIFICATE_FORMAT, policy: policyOf(leaking) },
      inputs: inputs.map(({ release: own, file, sha256 }) => ({ release: own, file, sha256 })),
      groups: [["a", "b", "c", "nobody"]],
      worlds: [
        {
          ...{ study: "s", data: "d", dates: [date], columns: { area: 0 }, layouts },
          ...{ witnesses: made, ways: [[[0], [1], [2]]], cells: "0" },
        },
      ],
    });
    const found = verify(JSON.stringify(certificate), leaking);
    assert.match(found.holds ? "" : found.why, /Its groups are not those of the files/);
  });
});
