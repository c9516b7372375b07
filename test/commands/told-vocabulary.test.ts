import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { omopTables } from "../../engine/schema/omop/omop-tables.ts";
import type { PhysicalTables } from "../../engine/schema/physical-table.ts";
import { ASTHMA, condition, recordsOf } from "../database/omop-records.ts";
import { writeRecordsDatabase } from "../database/records-database.ts";
import type { Records } from "../naive/row.ts";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Ended, Files } from "./workspace.ts";

const studyFile = `import { codelist, codelistFromCsv, measure, patients, study } from "cohortline";

const asthma = codelistFromCsv("codelists/asthma.csv", { system: "snomed", column: "code" });
const month = { between: ["index_date", "last_day_of_month(index_date)"] } as const;
const cohort = study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    sex: patients.sex(),
    asthma: patients.withTheseClinicalEvents(asthma, month),
    asthma_again: patients.withTheseClinicalEvents(asthma, { returning: "code" }),
    billed: patients.withTheseClinicalEvents(codelist(["J45"], "icd10"), month),
  },
});

export default cohort;
export const measures = [
  measure(cohort, { id: "asthma", numerator: "asthma", denominator: "population", groupBy: "sex" }),
  measure(cohort, { id: "billed", numerator: "billed", denominator: "population", groupBy: "sex" }),
];
`;

/** In the vocabularies of the tests the second is retired, the third mapped to nothing, and the fourth not there. */
const lacking = "code\n195967001\n155574008\n266364000\n100000008\n";
const whole = "code\n195967001\n233678006\n";
const files: Files = {
  "analysis/study_definition.ts": studyFile,
  "codelists/asthma.csv": lacking,
};

const snomed = { name: "asthma", system: "snomed", vocabularies: ["SNOMED"] };
const found = { codes: 4, found: 3, missing: 1, retired: 1, unmapped: 1, shared: 0 };
/** The code is mapped to the same as one below it, which the list lacks. */
const billed = {
  ...{ name: 'of column "billed"', system: "icd10", vocabularies: ["ICD10"] },
  ...{ codes: 1, found: 1, missing: 0, retired: 0, unmapped: 0, shared: 1 },
};
const lackingText =
  "codelist asthma (snomed in SNOMED): 3 of 4 codes found; 1 not there; 1 retired; 1 without a standard concept";
const RELEASE = "v5.0 31-AUG-23";

type Run = (...words: readonly string[]) => Promise<Ended>;

/** Twenty people with a code of the list, so that a number of patients would be seen where one of codes should be. */
const people = Array.from({ length: 20 }, (_, i) => condition(i + 1, ASTHMA, ASTHMA));

async function inOmop(
  act: (folder: string, run: Run) => Promise<void>,
  more: Records,
  tables: PhysicalTables = omopTables,
): Promise<void> {
  await inWorkspace(files, async (folder) => {
    const records = recordsOf({ condition_occurrence: people, ...more });
    await writeRecordsDatabase(join(folder, "records.duckdb"), records, tables);
    const url = "--database-url=duckdb:records.duckdb?layout=omop";
    const range = "--index-date-range=2020-01-01 to 2020-02-01 by month";
    await act(folder, async (command = "", ...words) => {
      const ended = await cohortline(folder, [command, url, range, ...words]);
      assert.equal(ended.code, 0, ended.err);
      return ended;
    });
  });
}

function vocabulariesIn(folder: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(folder, "output/cohortline.manifest.json"), "utf8");
  const held = JSON.parse(text) as {
    readonly files: Readonly<Record<string, { readonly vocabulary?: unknown }>>;
  };
  return Object.fromEntries(
    Object.entries(held.files).map(([name, { vocabulary }]) => [name, vocabulary]),
  );
}

const toldIn = ({ err }: Ended): readonly string[] =>
  err.split("\n").filter((line) => /^(codelist|study_definition: (every|codes)|and )/.test(line));

describe("codelists that are looked up in vocabularies", () => {
  it("are told where they lack codes, and counted in the manifest with the release of the vocabularies", () =>
    inOmop(
      async (folder, run) => {
        assert.deepEqual(toldIn(await run("generate_cohort")), [lackingText]);
        const vocabulary = { release: RELEASE, codelists: [{ ...snomed, ...found }, billed] };
        assert.deepEqual(vocabulariesIn(folder), {
          "input_2020-01-01.csv": vocabulary,
          "input_2020-02-01.csv": vocabulary,
        });
        const kept = await run("generate_cohort", "--skip-existing");
        assert.deepEqual(
          [toldIn(kept), Object.values(vocabulariesIn(folder))],
          [[], [vocabulary, vocabulary]],
        );
        assert.deepEqual(toldIn(await run("generate_cohort", "--evaluate=per-date")), [
          lackingText,
        ]);
        assert.deepEqual(toldIn(await run("generate_cohort", "--quiet")), []);
        assert.deepEqual(toldIn(await run("generate_cohort", "--verbose")), [
          `study_definition: codes of 2 codelists in the vocabularies of the records (${RELEASE})`,
          lackingText,
          'codelist of column "billed" (icd10 in ICD10): 1 of 1 codes found; 1 share theirs with codes outside the list',
        ]);
      },
      { cdm_source: [{ vocabulary_version: RELEASE }] },
    ));

  it("are told of measures in one line where nothing is wrong, and are in the manifest beside each file of them", () =>
    inOmop(
      async (folder, run) => {
        writeFileSync(join(folder, "codelists/asthma.csv"), whole);
        const line =
          "study_definition: every code of 2 codelists is in the vocabularies of the records (release not told)";
        assert.deepEqual(toldIn(await run("generate_measures")), [line]);
        const counts = { codes: 2, found: 2, missing: 0, retired: 0, unmapped: 0, shared: 1 };
        const codelists = [{ ...snomed, ...counts }, billed];
        const told = vocabulariesIn(folder);
        assert.equal(Object.keys(told).length, 6);
        for (const each of Object.values(told))
          assert.deepEqual(each, { release: null, codelists });
        const kept = await run("generate_measures", "--skip-existing");
        assert.deepEqual([toldIn(kept), vocabulariesIn(folder)], [[], told]);
        const { out } = await run("generate_measures", "--json");
        const events = out.split("\n").filter((text) => text.startsWith('{"kind":"vocabulary"'));
        assert.deepEqual(
          events.map((text) => JSON.parse(text) as unknown),
          [{ kind: "vocabulary", study: "study_definition", release: null, codelists }],
        );
      },
      {},
      Object.fromEntries(Object.entries(omopTables).filter(([name]) => name !== "cdm_source")),
    ));
});
