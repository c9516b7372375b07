import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inStudy, programs } from "./study-in.ts";
import type { Said } from "./study-in.ts";

const files = programs({
  a: { script: 'fs.writeFileSync("a.csv", "n\\n1\\n")', moderate: "a.csv" },
  b: { script: 'fs.writeFileSync("b.csv", "n\\n1\\n")', moderate: "b.csv", needs: ["a"] },
});

type Held = Readonly<Record<string, unknown>>;

/** What nobody would find in a record: gone, of another type, or of the type and without sense. */
const odd = [undefined, null, 3, -1, 0.5, 1e300, "", "x", "../x", {}, [], [null], { x: 1 }, true];

/** Every way to make one field of the record odd, some levels deep: the field, and the record. */
function* damages(held: Held, deep = 3): Generator<readonly [string, Held]> {
  for (const [key, value] of Object.entries(held)) {
    for (const other of odd) yield [key, { ...held, [key]: other }];
    const isList = Array.isArray(value);
    if (deep === 0 || typeof value !== "object" || value === null) continue;
    for (const [inside, less] of damages(value as Held, deep - 1)) {
      yield [`${key}.${inside}`, { ...held, [key]: isList ? Object.values(less) : less }];
    }
  }
}

function said({ lines, told, problems }: Said): string {
  return [...lines, ...told, ...problems.map(({ message }) => message)].join("\n");
}

describe("a damaged record", () => {
  it("of a run is told by file and field, and the others are shown", async () => {
    await inStudy(files, async ({ folder, run, ask }) => {
      const [first, second] = [await run(["a"]), await run(["a"])];
      const file = join(folder, `metadata/runs/${second.id}.json`);
      const whole = JSON.parse(readFileSync(file, "utf8")) as Held;
      let unreadable = 0;
      for (const [field, record] of damages(whole)) {
        writeFileSync(file, JSON.stringify(record));
        const runs = await ask("runs");
        assert.equal(runs.exitCode, 0, field);
        assert.match(runs.lines.join("\n"), new RegExp(first.id), field);
        for (const words of [
          ["show", "latest"],
          ["report", second.id],
          ["show", "2"],
        ] as const) {
          const answer = await ask(words[0], [words[1]], { outputFile: "-" });
          if (runs.told.length > 0) assert.notEqual(said(answer), "", field);
        }
        if (!runs.told.join().includes("cannot be read")) continue;
        unreadable += 1;
        assert.ok(runs.told.join().includes(`metadata/runs/${second.id}.json`), field);
        assert.match(
          (await ask("report", [second.id])).problems[0]?.code ?? "",
          /record-unreadable/,
        );
      }
      assert.ok(unreadable > 500, String(unreadable));
    });
  });

  it("of an action means that nothing is known of it: never that it is fresh", async () => {
    await inStudy(files, async ({ folder, run, plan, ask }) => {
      await run(["run_all"]);
      const file = join(folder, "metadata/actions/a.json");
      const whole = JSON.parse(readFileSync(file, "utf8")) as Held;
      const same = JSON.stringify(whole);
      for (const [field, record] of damages(whole)) {
        const text = JSON.stringify(record);
        if (text === same) continue;
        writeFileSync(file, text);
        assert.equal((await plan())[0], "a missing: it has not been run", field);
      }
      writeFileSync(file, JSON.stringify({ ...whole, basis: 3 }));
      assert.match(
        said(await ask("plan")),
        /metadata\/actions\/a\.json cannot be read: its field basis is not an object/,
      );
      assert.deepEqual((await run(["run_all"])).status, "succeeded");
      assert.deepEqual(await plan(), ["a fresh", "b fresh"]);
    });
  });

  it("of what was made is told by file and field", async () => {
    await inStudy(files, async ({ folder, run, ask }) => {
      await run(["run_all"]);
      const file = join(folder, "metadata/manifest.json");
      const whole = JSON.parse(readFileSync(file, "utf8")) as Held;
      const same = JSON.stringify(whole);
      for (const [field, record] of damages(whole)) {
        const text = JSON.stringify(record);
        if (text === same) continue;
        writeFileSync(file, text);
        const { exitCode, problems, lines } = await ask("verify");
        assert.equal(exitCode, 1, field);
        const told = [...problems.map(({ message }) => message), ...lines].join("\n");
        assert.match(told, /metadata\/manifest\.json/, field);
      }
    });
  });

  it("that was cut off, is empty, is nested without end or of a newer version is told as that", async () => {
    await inStudy(files, async ({ folder, run, ask, plan }) => {
      await run(["run_all"]);
      const [name = ""] = readdirSync(join(folder, "metadata/runs"));
      const texts: readonly (readonly [string, RegExp])[] = [
        ["", /it is no JSON object, or was cut off/],
        [
          '{"record": 1, "state": 1, "manifest": 1, "files"',
          /it is no JSON object, or was cut off/,
        ],
        ["[]", /it is no JSON object/],
        ["\u0000\u0000", /it is no JSON object/],
        [
          `{"record":1,"state":1,"manifest":1,"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
          /cannot be read/,
        ],
        ['{"record":2,"state":2,"manifest":2}', /a newer version of cohortline wrote it/],
        ['{"record":"1"}', /its field (?:record|state|manifest) is not 1/],
      ];
      for (const [text, told] of texts) {
        for (const path of [`runs/${name}`, "actions/a.json", "manifest.json"]) {
          writeFileSync(join(folder, "metadata", path), text);
        }
        assert.match(said(await ask("runs")), told);
        assert.match(said(await ask("show")), told);
        assert.match(said(await ask("verify")), told);
        assert.match(said(await ask("plan")), told);
        assert.equal((await plan())[0], "a missing: it has not been run");
      }
      const again = await run(["run_all"]);
      assert.deepEqual([again.status, again.number], ["succeeded", 2]);
    });
  });
});
