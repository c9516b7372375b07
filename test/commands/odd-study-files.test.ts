/** Pipes, devices, folders and circles of links in place of a study's files: a problem at once, never a bug. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "./workspace.ts";

const list = "codelists/a.csv";
const definition = "analysis/study_definition.ts";
const study = `import { codelistFromCsv, patients, study } from "cohortline";
const asthma = codelistFromCsv("${list}", { system: "snomed" });
export default study({
  population: patients.all(),
  columns: {
    a: patients.withTheseClinicalEvents(asthma, { returnExpectations: { incidence: 0.5 } }),
  },
});
`;

type Spoil = (folder: string) => void;
const replaced =
  (path: string, make: (at: string) => void): Spoil =>
  (folder) => {
    rmSync(join(folder, path), { recursive: true });
    make(join(folder, path));
  };
const pipe = (at: string): void => {
  execFileSync("mkfifo", [at]);
};
const folderAt = (at: string): void => {
  mkdirSync(at);
};
const linkTo =
  (target: string) =>
  (at: string): void => {
    symlinkSync(target, at);
  };

const odd: Readonly<Record<string, readonly [spoil: Spoil, says: RegExp]>> = {
  "a pipe in place of a codelist": [replaced(list, pipe), /a\.csv" is not an ordinary file/],
  "a folder in place of a codelist": [replaced(list, folderAt), /a\.csv" is not an ordinary file/],
  "a device in place of a codelist": [replaced(list, linkTo("/dev/zero")), /outside the study/],
  "links in a cycle": [replaced(list, linkTo("a.csv")), /Its links form a cycle/],
  "a pipe in place of a study": [replaced(definition, pipe), /is not an ordinary file/],
  "a folder in place of a study": [replaced(definition, folderAt), /is not an ordinary file/],
  "a file in place of analysis/": [
    replaced("analysis", (at) => {
      writeFileSync(at, "");
    }),
    /no-workspace/,
  ],
};

describe("where something else stands than an ordinary file", () => {
  for (const [what, [spoil, says]] of Object.entries(odd)) {
    it(`${what} is a problem at once`, async () => {
      await inWorkspace({ [definition]: study, [list]: "code\n195967001\n" }, async (folder) => {
        spoil(folder);
        const { code, err } = await cohortline(folder, ["check"]);
        assert.equal(code, 1, err);
        assert.match(err, says);
      });
    });
  }
});
