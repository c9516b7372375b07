/**
 * A plan as a script that a person can read, and run as a whole in a database with the tables it names. A query
 * that every index date asks stands there once, with the number of the index date as its parameter.
 */
import type { CohortPlan } from "../plan/model/cohort-plan.ts";
import type { CodesTable } from "./codelist-tables.ts";
import type { Prepared } from "./gather.ts";
import type { Dialect, NamedQueries } from "./dialects/dialect.ts";
import { sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { plainQuery, querySql } from "./query.ts";
import type { Query } from "./query.ts";
import { PATIENT_BASE, indexDateBatchOf } from "./render-patient-base.ts";
import {
  cohortsStatement,
  cohortStatement,
  hasPatientBase,
  partStatements,
  patientBaseStatement,
} from "./statements.ts";
import type { CohortAt, Speaking } from "./statements.ts";

export interface ScriptOptions {
  /** Otherwise the script tells how many codes there are, and cannot be run. */
  readonly withCodes: boolean;
}

/** Lines without ends. */
export function cohortScript(
  plan: CohortPlan,
  speaking: Speaking,
  { withCodes }: ScriptOptions,
): readonly string[] {
  const { dialect } = speaking;
  const blocks = [
    ...dialect.codelists
      .tables(plan.codelists)
      .map((table) => codesBlock(table, withCodes, dialect)),
    ...plan.files.map((file) => ["-- the values of a file", ended(dialect.keepFile(file))]),
    ...partStatements(plan, speaking, null).map(({ part, ...prepared }) =>
      whileKept(prepared, (query) => dialect.keep(part.name, query), dialect),
    ),
    ...(hasPatientBase(plan) ? cohortsBlocks(plan, speaking) : [onlyCohort(plan, speaking)]),
  ];
  return [`-- ${plan.study}`, ...blocks.flatMap((block) => [...block, ""])];
}

/** Forgets what the script of a plan leaves, so that another can follow. */
export function endOfScript(plan: CohortPlan, { dialect }: Speaking): readonly string[] {
  const codes = dialect.codelists.tables(plan.codelists);
  const made = [...plan.parts, ...codes, ...plan.files].map(({ name }) => name);
  const isNamed = hasPatientBase(plan) && dialect.namedQueries !== null;
  const people = isNamed ? [PATIENT_BASE] : [];
  return [...people, ...made].map((table) => ended(dialect.discard(table)));
}

const CODES_AT_ONCE = 1000;

function codesBlock(table: CodesTable, withCodes: boolean, dialect: Dialect): readonly string[] {
  const { name, columns, rows } = table;
  const made = ended(dialect.keepCodes(table));
  const count = `${rows.length} ${rows.length === 1 ? "code" : "codes"}`;
  if (!withCodes) return [`-- ${count}, left out`, made];
  const said = (cell: string | number): Sql =>
    typeof cell === "number" ? dialect.integer(cell) : dialect.text(cell);
  const inserts: string[] = [];
  for (let from = 0; from < rows.length; from += CODES_AT_ONCE) {
    const some = rows.slice(from, from + CODES_AT_ONCE).map((cells) => cells.map(said));
    const values = dialect.rowsOf(some, Object.keys(columns));
    inserts.push(ended(dialect.append(name, plainQuery(sql`SELECT * FROM ${values}`))));
  }
  return [`-- ${count}`, made, ...inserts];
}

function onlyCohort(plan: CohortPlan, speaking: Speaking): readonly string[] {
  const [indexDate] = plan.indexDates;
  const at: CohortAt = { number: 0, range: null, wordTypes: new Map(), shown: {} };
  return [
    `-- the cohort${indexDate === undefined ? "" : ` at ${indexDate}`}`,
    ...whileKept(cohortStatement(plan, speaking, at), querySql, speaking.dialect),
  ];
}

const NUMBER = "date_no";
const COHORT = "cohort_at";

/** All in one query, or each by a query that those share that share a patient base, where queries can have names. */
function cohortsBlocks(plan: CohortPlan, speaking: Speaking): readonly (readonly string[])[] {
  const { dialect } = speaking;
  const { namedQueries: names } = dialect;
  if (names === null) {
    const cohorts = whileKept(cohortsStatement(plan, speaking), querySql, dialect);
    return [["-- the cohorts at all index dates", ...cohorts]];
  }
  const cohort = namedCohort(plan, { speaking, names });
  return plan.indexDates.map((indexDate, number) => {
    const isFirst = indexDateBatchOf(number, plan).from === number;
    const people = isFirst ? patientBaseBlock(plan, speaking, number) : [];
    return [...people, `-- the cohort at ${indexDate}`, ...cohort(number, isFirst)];
  });
}

function patientBaseBlock(plan: CohortPlan, speaking: Speaking, number: number): readonly string[] {
  const { dialect } = speaking;
  const people = patientBaseStatement(plan, speaking, {
    number,
    range: null,
    wordTypes: new Map(),
  });
  return [
    `-- what stays the same at the index dates from ${plan.indexDates[number] ?? ""} on`,
    ended(dialect.discard(PATIENT_BASE)),
    ...whileKept(people, (query) => dialect.keep(PATIENT_BASE, query), dialect),
  ];
}

type CohortLines = (number: number, isFirst: boolean) => readonly string[];

function namedCohort(
  plan: CohortPlan,
  { speaking, names }: { readonly speaking: Speaking; readonly names: NamedQueries },
): CohortLines {
  const { dialect } = speaking;
  let before: Prepared["before"] = [];
  return (number, isFirst) => {
    const shown = { told: word(NUMBER) };
    const at: CohortAt = { number, range: null, wordTypes: new Map(), shown };
    const cohort = isFirst ? cohortStatement(plan, speaking, at) : null;
    before = cohort?.before ?? before;
    // A query is named when the tables that it reads are there.
    const kept = before.flatMap(({ name, query }) => [
      ...(isFirst ? [ended(names.name(`${name}_at`, NUMBER, querySql(query)))] : []),
      ended(dialect.keep(name, plainQuery(names.query(`${name}_at`, number)))),
    ]);
    return [
      ...kept,
      ...(cohort === null ? [] : [ended(names.name(COHORT, NUMBER, querySql(cohort.query)))]),
      ended(names.query(COHORT, number)),
      ...before.map(({ name }) => ended(dialect.discard(name))),
    ];
  };
}

function whileKept(
  { before, query }: Prepared,
  said: (query: Query) => Sql,
  dialect: Dialect,
): readonly string[] {
  return [
    ...before.map((table) => ended(dialect.keep(table.name, table.query))),
    ended(said(query)),
    ...before.map(({ name }) => ended(dialect.discard(name))),
  ];
}

function ended(statement: Sql): string {
  return `${statement.toString()};`;
}
