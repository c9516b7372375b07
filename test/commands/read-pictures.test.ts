import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";

import { ProblemError } from "../../engine/base/problems.ts";
import type { Problem } from "../../engine/base/problems.ts";
import { measureFilesIn } from "../../engine/commands/measures/measure-files.ts";
import { readPictures } from "../../engine/commands/measures/read-pictures.ts";
import { measureText } from "../charts/measure-texts.ts";

const folder = mkdtempSync(join(tmpdir(), "cohortline-pictures-"));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Threads load no sources. */
const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/picture-of-file.js"));

const bySex = {
  groups: ["sex"],
  rows: {
    F: [
      [20, 100],
      [null, 100],
      [0, 0],
    ],
    M: [
      [10, 100],
      [0, 100],
      [12, 100],
    ],
  },
} as const;
writeFileSync(join(folder, "measure_by_sex.csv"), measureText(bySex));
writeFileSync(join(folder, "measure_by_age.csv"), measureText({ ...bySex, groups: ["age"] }));
const patients = "id,value,date\n1,1.0,2020-01-01\n0,0.0,2020-01-01\n";
writeFileSync(join(folder, "measure_rows.csv"), patients);

async function read(workerFile: URL, from: number): Promise<readonly unknown[]> {
  const warned: Problem[] = [];
  const reporter = {
    report: (event: { readonly kind: string; readonly problem?: Problem }): void => {
      if (event.problem !== undefined) warned.push(event.problem);
    },
    progress: () => ({ advance: () => undefined, end: () => undefined }),
  };
  const pictures = await readPictures(measureFilesIn(folder), { reporter }, { from, workerFile });
  return [pictures, warned.map(({ message }) => message)];
}

describe("pictures of several measures", () => {
  it("are the same, with the same warnings, whether threads read them or not", async () => {
    const here = await read(BUILT, Infinity);
    assert.deepEqual(await read(BUILT, 0), here);
    assert.match(JSON.stringify(here), /measure_rows.csv/);
  });

  it("are not drawn where a thread dies, and the problem names the file", async () => {
    const dying = join(folder, "dying.mjs");
    writeFileSync(
      dying,
      `export const pictureOfFile = async ({ file, id }) => {
        if (file.includes("age")) process.exit(3);
        return { picture: null, problems: [], warnings: [] };
      };`,
    );
    await assert.rejects(read(pathToFileURL(dying), 0), (error) => {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problems[0]?.code, "picture-worker-died");
      assert.match(error.problems[0].message, /measure_by_age\.csv/);
      return true;
    });
  });
});
