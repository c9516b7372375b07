/** What stands in the place of a file to read is told at once, whatever it is. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";

import { cohortFormats } from "../../engine/base/file-names.ts";
import { readCohortHeader, readTable } from "../../engine/table/read-table.ts";
import { problemOf } from "../table/problem-of.ts";
import { cohortline, inWorkspace, smallWorkspace } from "./workspace.ts";
import type { Ended } from "./workspace.ts";

const odd: Readonly<
  Record<string, { readonly put: (path: string) => void; readonly told: RegExp }>
> = {
  "a pipe that nobody writes to": {
    put: (path) => execFileSync("mkfifo", [path]),
    told: /file-not-plain/,
  },
  "a device without end": {
    put: (path) => {
      symlinkSync("/dev/zero", path);
    },
    // A link out of the study's folder is refused before, where a study reads it.
    told: /file-not-plain|file-outside-workspace/,
  },
  "a folder": {
    put: (path) => {
      mkdirSync(path);
    },
    told: /file-is-a-folder/,
  },
};

const isWindows = process.platform === "win32";

/** Each kind of odd file at that path, in turn. */
async function eachOdd(path: string, act: () => Promise<Ended>): Promise<void> {
  for (const [what, { put, told }] of Object.entries(odd)) {
    mkdirSync(dirname(path), { recursive: true });
    put(path);
    const { code, err } = await act();
    assert.equal(code, 1, `${what} at ${path}: ${err}`);
    assert.match(err, told, what);
    rmSync(path, { recursive: true });
  }
}

const fromFile = `import { patients, study } from "cohortline";
export default study({
  indexDate: "2020-01-01",
  population: patients.whichExistInFile("analysis/list.csv"),
  columns: { group: patients.withValueFromFile("analysis/list.csv", "group", "str") },
});
`;

describe("a pipe, a device or a folder", { skip: isWindows, timeout: 120_000 }, () => {
  it("in place of a table is a problem at once, in every format", async () => {
    await inWorkspace({ "about.txt": "tables" }, async (folder) => {
      for (const format of cohortFormats) {
        const path = join(folder, `theirs.${format}`);
        for (const [what, { put, told }] of Object.entries(odd)) {
          put(path);
          for (const read of [() => readCohortHeader(path), () => readTable(path).next()]) {
            assert.match(await problemOf(read), told, `${what} as ${format}`);
          }
          rmSync(path, { recursive: true });
        }
      }
    });
  });

  it("in place of dummy data, or of a cohort to measure, is a problem at once", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await eachOdd(join(folder, "theirs.csv.gz"), () =>
        cohortline(folder, [
          ...["generate_cohort", "--output-format=csv.gz", "--dummy-data-file=theirs.csv.gz"],
        ]),
      );
      await eachOdd(join(folder, "output/input_2020-01-01.feather"), () =>
        cohortline(folder, ["generate_measures"]),
      );
    });
  });

  it("in place of a file that a study reads is a problem at once", async () => {
    await inWorkspace({ "analysis/study_definition.ts": fromFile }, async (folder) => {
      await eachOdd(join(folder, "analysis/list.csv"), () =>
        cohortline(folder, ["generate_cohort", "--expectations-population=10"]),
      );
    });
  });
});
