/** Ages of a database's people in measures of several studies, which cut them differently, and of what only looks like ages. */
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { inHomeMade, tables } from "../commands/home-made-records.ts";
import { inWorkspace } from "../commands/workspace.ts";

/** Of each age 60 are well; how many of the others are ill, and how many have what is rare. */
const people: readonly (readonly [age: number, ill: number, rare: number])[] = [
  ...([5, 10, 20, 30, 35] as const).map((age) => [age, age === 5 ? 2 : 1, 3] as const),
  ...([50, 70] as const).map((age) => [age, age === 50 ? 4 : 5, 20] as const),
];

/** Whoever is so many years old has been seen as often. */
const records: readonly string[] = [
  ...tables.slice(0, 1),
  `CREATE TABLE ward.person AS SELECT row_number() OVER ()::INTEGER AS nr, 2 AS gender,
    make_date((2019 - age)::BIGINT, 6::BIGINT, 1::BIGINT) AS born, NULL::DATE AS died, age, n < ill AS ill, n < rare AS rare
    FROM (VALUES ${people.map((own) => `(${own.join()})`).join()}) t(age, ill, rare), range(60 + ill) each(n)`,
  `CREATE TABLE ward.diagnosis AS SELECT row_number() OVER ()::BIGINT AS id, nr, code, DATE '2019-11-11' AS seen FROM (
    SELECT nr, '195967001' AS code FROM ward.person WHERE ill
    UNION ALL SELECT nr, '22298006' FROM ward.person WHERE rare
    UNION ALL SELECT nr, '304527002' FROM ward.person, range(age))`,
  ...tables.slice(3),
];

interface Asked {
  readonly population?: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly measures: readonly string[];
}

const flag = (code: string) =>
  `patients.withTheseClinicalEvents(codelist(["${code}"], "snomed"), { onOrBefore: "index_date" })`;
const age = `patients.ageAsOf("index_date")`;
const narrow = `patients.categorisedAs({ "0-7": "age < 8", "8-15": "age < 16", "16-23": "age < 24", "24-31": "age < 32", "32-39": "age < 40", "40-59": "age < 60", "60+": "DEFAULT" })`;
const wide = `patients.categorisedAs({ "0-39": "DEFAULT", "40+": "years > 39" })`;

/** Of each study one column says on which side of forty years somebody is, or seems to be. */
const studies: Readonly<Record<string, Asked>> = {
  bands: { columns: { age, age_band: narrow }, measures: ["ill age_band"] },
  groups: { columns: { years: age, age_group: wide }, measures: ["ill age_group"] },
  others: {
    population: `patients.satisfying("years >= 0")`,
    columns: { years: age, age_group: wide },
    measures: ["ill age_group"],
  },
  visits: {
    columns: {
      visits: flag("304527002").replace(" }", `, returning: "number_of_matches_in_period" }`),
      seen_group: `patients.categorisedAs({ "0-39": "visits < 40", "40+": "DEFAULT" })`,
    },
    measures: ["ill seen_group"],
  },
  before: {
    columns: {
      then: `patients.ageAsOf("2015-01-01")`,
      then_group: `patients.categorisedAs({ "0-34": "then < 35", "35+": "DEFAULT" })`,
    },
    measures: ["ill then_group"],
  },
  rare: {
    columns: { age, age_band: narrow, years: age, age_group: wide },
    measures: ["rare age_band", "rare age_group", "ill age_band,age_group"],
  },
};

function textOf({ population = "patients.all()", columns, measures }: Asked): string {
  const made = measures.map((each) => {
    const [counted = "", groups = ""] = each.split(" ");
    return `measure(cohort, { id: "${counted}_by_${groups.replace(",", "_")}", numerator: "${counted}", denominator: "population", groupBy: ${JSON.stringify(groups.split(","))}, smallNumberSuppression: true })`;
  });
  return `import { codelist, measure, patients, study } from "cohortline";
const cohort = study({
  indexDate: "2020-01-01",
  population: ${population},
  columns: { ${Object.entries({ ill: flag("195967001"), rare: flag("22298006"), ...columns })
    .map(([name, how]) => `${name}: ${how}`)
    .join(", ")} },
});
export default cohort;
export const measures = [${made.join(", ")}];
`;
}

export type Folder = keyof typeof folders;

/** Which studies are measured into which folder. */
const folders = {
  linked: ["bands", "groups"],
  apart: ["bands", "others", "visits", "before"],
  releasable: ["rare"],
} as const;

export const store = mkdtempSync(join(tmpdir(), "cohortline-cuts-"));
after(() => {
  rmSync(store, { recursive: true, force: true });
});

/** Gives `act` all folders, which are made once. */
export async function measured(act: (folder: string) => void | Promise<void>): Promise<void> {
  const files: Record<string, string | null> = { "analysis/study_definition.ts": null };
  for (const [name, asked] of Object.entries(studies))
    files[`analysis/study_definition_${name}.ts`] = textOf(asked);
  if (!existsSync(join(store, "linked")))
    await inHomeMade(
      async (folder, run) => {
        for (const [into, names] of Object.entries(folders))
          for (const name of names) {
            const { code, err } = await run(
              ...["generate_measures", "--database-url=duckdb:records.duckdb?records=records.yaml"],
              ...["--index-date-range=2020-01-01 to 2020-02-01 by month"],
              ...[`--study-definition=study_definition_${name}`, `--output-dir=${into}`],
            );
            assert.equal(code, 0, err);
          }
        for (const into of Object.keys(folders))
          cpSync(join(folder, into), join(store, into), { recursive: true });
      },
      { files, made: records },
    );
  await inWorkspace({}, async (folder) => {
    cpSync(store, folder, { recursive: true });
    await act(folder);
  });
}
