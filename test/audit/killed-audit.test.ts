import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { isPartial } from "../../engine/files/partial-files.ts";
import { alone, inWorkspace } from "../commands/workspace.ts";

const date = "2021-03-01";

/** Two numbers that are hidden, and one that is shown. */
const release = JSON.stringify({
  ...{ format: 1, columns: { ill: { kind: "flag" } } },
  releases: [
    {
      ...{ name: "first", study: "s", data: "d" },
      measures: [
        {
          ...{ id: "by_region", numerator: "ill", denominator: "population" },
          ...{ group_by: ["region"], small_number_suppression: true },
        },
      ],
      files: {
        "measure_by_region.csv": [
          "region,ill,population,value,date",
          ...[`a,,100,,${date}`, `b,,100,,${date}`, `c,50.0,100,0.5,${date}`, ""],
        ].join("\n"),
      },
    },
  ],
});

/**
 * Ends its own process, as nothing can be done about, when it comes to a step: after the first file is opened that
 * nobody may have made before, or on the way there.
 */
const killer = `
const fs = require("node:fs");
const crypto = require("node:crypto");
const { syncBuiltinESMExports } = require("node:module");
let isWriting = false;
const before = (from, name, isTime) => {
  const real = from[name];
  from[name] = (...given) => {
    if (name === "openSync" && given[1] === "wx") isWriting = true;
    if (name === process.env.KILLED_AT && isTime()) process.kill(process.pid, "SIGKILL");
    return real(...given);
  };
};
before(crypto, "createHash", () => true);
for (const name of ["openSync", "writeSync", "fsync", "closeSync", "renameSync"]) before(fs, name, () => isWriting);
syncBuiltinESMExports();
`;

describe("an audit that is killed", () => {
  it("leaves no certificate, at whichever step of it that happens; the next one writes it", async () => {
    await inWorkspace({ "release.json": release, "killer.cjs": killer }, async (folder) => {
      const audit = ["audit", "--description", "release.json", "--certificate", "out/yes.json"];
      const certificate = join(folder, "out/yes.json");
      const steps = ["createHash", "openSync", "writeSync", "fsync", "closeSync", "renameSync"];
      for (const step of steps) {
        const { signal, err } = await alone(folder, audit, {
          NODE_OPTIONS: `--require ${join(folder, "killer.cjs")}`,
          KILLED_AT: step,
        });
        assert.equal(signal, "SIGKILL", `${step}: ${err}`);
        assert.equal(existsSync(certificate), false, step);
      }
      const left = readdirSync(join(folder, "out"));
      assert.ok(left.length > 0 && left.every(isPartial), left.join());
      assert.equal((await alone(folder, audit)).code, 0);
      const verify = ["verify-certificate", "out/yes.json", "--description", "release.json"];
      assert.equal((await alone(folder, verify)).code, 0);
    });
  });
});
