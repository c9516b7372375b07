import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { omopTables } from "../../engine/schema/omop/omop-tables.ts";
import type { PhysicalTables } from "../../engine/schema/physical-table.ts";
import { ASTHMA, condition, recordsOf } from "../database/omop-records.ts";
import { writeRecordsDatabase } from "../database/records-database.ts";
import type { Records } from "../naive/row.ts";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Ended } from "./workspace.ts";

/** In the vocabularies of the tests the second is replaced, the third mapped to nothing, the fourth not there. */
const studyFile = `import { codelist, patients, study } from "cohortline";

const asthma = codelist(["195967001", "155574008", "266364000", "100000008"], "snomed");
export default study({
  indexDate: "2020-03-01",
  population: patients.all(),
  columns: { asthma: patients.withTheseClinicalEvents(asthma) },
});
`;

const period = (id: number, person_id: number, from: string, to: string) => ({
  ...{ observation_period_id: id, person_id },
  ...{ observation_period_start_date: from, observation_period_end_date: to },
});

const each = <T>(count: number, row: (person: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => row(i + 1));

/** Born in 1980; the first 12 are observed twice on the same days, and 13 have died. */
const odd = recordsOf({
  observation_period: [
    ...each(20, (person) => period(person, person, "2019-01-01", "2019-12-31")),
    ...each(12, (person) => period(20 + person, person, "2019-12-01", "2020-12-31")),
    // The day after is no day in two.
    ...each(3, (i) => period(40 + i, 12 + i, "2020-01-01", "2020-12-31")),
  ],
  condition_occurrence: [
    ...each(20, (person) => condition(person, ASTHMA, ASTHMA)),
    ...each(3, (person) =>
      condition(person, ASTHMA, ASTHMA, {
        ...{ condition_occurrence_id: 30 + person, condition_start_date: "1979-12-31" },
      }),
    ),
  ],
  death: each(13, (person_id) => ({ person_id, death_date: "2019-12-31" })),
});

const asked = (options = ""): readonly string[] => [
  "check",
  `--database-url=duckdb:records.duckdb?layout=omop${options}`,
  "--study-definition=study_definition",
];

function inOmop(
  records: Records,
  act: (run: (words: readonly string[]) => Promise<Ended>, folder: string) => Promise<void>,
  tables: PhysicalTables = omopTables,
): Promise<void> {
  return inWorkspace({ "analysis/study_definition.ts": studyFile }, async (folder) => {
    await writeRecordsDatabase(join(folder, "records.duckdb"), records, tables);
    await act((words) => cohortline(folder, words), folder);
  });
}

describe("OMOP records that are checked", () => {
  it("tell by rounded counts what is odd in them, and of a study's codelists what is retired, unmapped or not there", () =>
    inOmop(odd, async (run) => {
      const { code, out, err } = await run(asked());
      assert.equal(code, 0, err);
      assert.match(out, /^observation periods: 35, years 2019 to 2021$/m);
      assert.match(out, /^ {2}10 overlap one before: .* a day in two is covered once$/m);
      assert.match(out, /^events before birth: fewer than 8; after death: 15 \(they count/m);
      assert.match(
        out,
        /^ {2}codelist of column asthma \(snomed in SNOMED\): 3 of 4 codes found; not there: "100000008"; 1 retired; 1 without a standard concept/m,
      );
    }));

  it("stop a study that a run would stop: its codelists are in no vocabulary, or in an empty one", () =>
    inOmop({ ...odd, concept: [] }, async (run) => {
      const { code, err } = await run(asked());
      assert.equal(code, 1);
      assert.match(err, /The table "concept" of the database has no rows.*\[vocabulary-empty\]/s);
    }));

  it("that are none are told by all tables that are missing, whether codelists or columns need them", () =>
    inOmop(
      {},
      async (run) => {
        const told = await run(asked());
        assert.match(told.err, /has no table "person", as an OMOP database has/);
        assert.doesNotMatch(told.err, /Look at the rights/);
        const { code, err } = await run(["generate_cohort", ...asked().slice(1)]);
        assert.equal(code, 1);
        const missing = [...err.matchAll(/has no table "(\w+)"/g)].map(([, table]) => table);
        const events = ["condition_occurrence", "measurement", "observation"];
        const all = ["concept", "concept_relationship", "person", ...events];
        assert.deepEqual(missing.sort(), [...all, "procedure_occurrence"].sort());
      },
      { care_site: omopTables["care_site"] ?? {} },
    ));

  it("are read as the URL says, with a warning where a mapping file lies beside the study", () =>
    inOmop(odd, async (run, folder) => {
      writeFileSync(join(folder, "records.yaml"), "based_on: omop-5.4\nwithin_observation: true\n");
      for (const words of [asked(), ["generate_cohort", ...asked().slice(1)]]) {
        const { code, err } = await run(words);
        assert.equal(code, 0, err);
        assert.match(
          err,
          /"records\.yaml" beside the study says nothing here: .*tables of omop \[mapping-unread\]\n.*\?records=records\.yaml/,
        );
      }
      const read = await run(["check", "--database-url=duckdb:records.duckdb"]);
      assert.equal(read.code, 0, read.err);
      assert.doesNotMatch(read.err, /mapping-unread/);
    }));
});
