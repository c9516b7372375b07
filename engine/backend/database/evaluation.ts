/** One study at several index dates in one connection: parts are made once, cohorts are read from them. */
import type { IsoDate } from "../../base/dates.ts";
import { ProblemError } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { lowerStudy } from "../../plan/lower/lower-study.ts";
import type { CohortPlan, Part } from "../../plan/model/cohort-plan.ts";
import { planCohort } from "../../plan/passes/plan-cohort.ts";
import { columnsOfPart, tableUses } from "../../plan/table-uses.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import { BOUNDS } from "../../sql/gather.ts";
import type { Bounds } from "../../sql/gather.ts";
import { answerName } from "../../sql/render-summaries.ts";
import type { PatientRange } from "../../sql/render-table.ts";
import { PATIENT_BASE } from "../../sql/render-patient-base.ts";
import { partStatements } from "../../sql/statements.ts";
import type { Speaking } from "../../sql/statements.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { cohortReader } from "./cohort-reader.ts";
import type { CohortReader } from "./cohort-reader.ts";
import { numberWords } from "./number-words.ts";
import { failForDatabase } from "../duckdb/database-problem.ts";
import { whileKept } from "./keep-tables.ts";
import type { Records } from "../duckdb/open-records.ts";
import { patientRanges } from "./patient-ranges.ts";
import { previousProductIds } from "./previous-product-ids.ts";
import { uploadCodelist, uploadFile } from "./upload.ts";
import { wrongTexts } from "./wrong-texts.ts";
import { sql, word } from "../../text/sql.ts";

/** What making one part took. */
export interface PartMade {
  readonly part: Part;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly milliseconds: number;
}

export interface EvaluationOptions {
  readonly today: IsoDate;
  readonly includeOptedOut: boolean;
  readonly patientsAtOnce: number;
  readonly readFile: ReadFile;
  readonly onPart?: (made: PartMade) => void;
  /** `BOUNDS` where absent; no result depends on them. */
  readonly bounds?: Bounds;
  /** Ends the work between two statements. */
  readonly signal?: AbortSignal;
}

export interface Evaluation {
  readonly plan: CohortPlan;
  readonly batches: CohortReader["batches"];
  /** Forgets what was made. */
  end(): Promise<void>;
}

/**
 * Makes everything but the cohorts themselves. Problems: those of `ready`, all together; those
 * of files the study reads; date-out-of-range; cpns-dates-disagree; division-by-zero; database-….
 */
export async function evaluate(
  records: Records,
  study: CheckedStudy,
  indexDates: readonly IsoDate[],
  options: EvaluationOptions,
): Promise<Evaluation> {
  const { db } = records;
  const plan = await planFor(records, study, indexDates, options.today);
  const { includeOptedOut, bounds = BOUNDS } = options;
  const uses = tableUses(plan);
  await records.ready([...uses, ...(includeOptedOut ? [] : [notOptedOut])]);
  const speaking: Speaking = { dialect: duckdb, provider: tpp, includeOptedOut, bounds };
  const end = (): Promise<void> => discardAll(db, plan);
  try {
    for (const codelist of plan.codelists) await uploadCodelist(db, codelist);
    for (const file of plan.files) await uploadFile(db, file, options.readFile);
    const ranges = await patientRanges(db, tpp, options.patientsAtOnce);
    await makeParts(db, { plan, speaking, ranges }, options);
    await checkAgreement(db, plan);
    const words = await numberWords(db, plan, speaking);
    const readAtOnce = patientsToRead(plan, options.patientsAtOnce);
    const toRead =
      readAtOnce === options.patientsAtOnce ? ranges : await patientRanges(db, tpp, readAtOnce);
    const reader = cohortReader(db, study, { plan, speaking, ranges: toRead, words });
    const endReading = async (): Promise<void> => {
      await reader.stop();
      await end();
    };
    return { plan, batches: reader.batches, end: endReading };
  } catch (error) {
    await end();
    const wrong = await wrongTexts(db, uses, error);
    if (wrong.length > 0) throw new ProblemError(wrong);
    return failForDatabase(error, []);
  }
}

/** Unless the URL says otherwise, nobody is asked about who is not in it. */
const notOptedOut: TableUse = {
  table: "patients_not_opted_out",
  fields: [],
  columns: [],
  wayOut: "With ?opensafely_include_t1oo=true in the database URL nobody is left out.",
};

/** Values of a cohort that are held at once. */
const VALUES_AT_ONCE = 67_108_864;

/** Fewer patients at once where a cohort is wide, so that what is held of it has a bound. */
function patientsToRead({ output }: CohortPlan, atOnce: number): number {
  return Math.min(atOnce, Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, output.length))));
}

/** The plan as this database needs it: ids that products had before are the database's to tell. */
export async function planFor(
  records: Records,
  study: CheckedStudy,
  indexDates: readonly IsoDate[],
  today: IsoDate,
): Promise<CohortPlan> {
  const pairs = await previousProductIds(records, study);
  return planCohort(lowerStudy({ study, today, previousProductIds: pairs }), indexDates);
}

interface Work {
  readonly plan: CohortPlan;
  readonly speaking: Speaking;
  readonly ranges: readonly PatientRange[];
}

/** Patients in ranges, so that what is worked on at once has a bound; a part's table grows with each. */
async function makeParts(
  db: DuckDb,
  { plan, speaking, ranges }: Work,
  { onPart, signal }: EvaluationOptions,
): Promise<void> {
  const taken = new Map<string, { rows: number; milliseconds: number }>();
  for (const [i, range] of ranges.entries()) {
    for (const { part, before, query } of partStatements(plan, speaking, range)) {
      // Who called knows how many files are finished.
      if (signal?.aborted === true) fail("interrupted", { finished: 0 });
      const columns = columnsOfPart(part, plan);
      const { dialect } = speaking;
      const started = performance.now();
      const statement = i === 0 ? dialect.keep(part.name, query) : dialect.append(part.name, query);
      await whileKept(before, { db, dialect }, () => db.run(statement)).catch((error: unknown) =>
        failForDatabase(error, columns),
      );
      const earlier = taken.get(part.name)?.milliseconds ?? 0;
      const milliseconds = earlier + performance.now() - started;
      taken.set(part.name, { rows: 0, milliseconds });
    }
  }
  if (onPart === undefined) return;
  for (const part of plan.parts) {
    const [counted] = await db.rows(sql`SELECT count(*) AS n FROM ${word(part.name)}`);
    const milliseconds = taken.get(part.name)?.milliseconds ?? 0;
    onPart({
      part,
      columns: columnsOfPart(part, plan),
      rows: Number(counted?.["n"]),
      milliseconds,
    });
  }
}

/** Problem: cpns-dates-disagree. */
async function checkAgreement(db: DuckDb, plan: CohortPlan): Promise<void> {
  for (const part of plan.parts) {
    if (part.kind !== "scan") continue;
    for (const { id, output } of part.summaries) {
      if (output.kind !== "agreed") continue;
      const disagree = word(answerName(id, "disagree"));
      const found = await db.rows(
        sql`SELECT 1 AS n FROM ${word(part.name)} WHERE ${disagree} = 1 LIMIT 1`,
      );
      if (found.length > 0) fail("cpns-dates-disagree", { columns: columnsOfPart(part, plan) });
    }
  }
}

async function discardAll(db: DuckDb, plan: CohortPlan): Promise<void> {
  const types = plan.columns.flatMap(({ type }, i) =>
    type === "str" ? [sql`DROP TYPE IF EXISTS ${word(`words_${i + 1}`)}`] : [],
  );
  const files = plan.files.map(({ name }) => sql`DROP VIEW IF EXISTS ${word(name)}`);
  const tables = [
    PATIENT_BASE,
    ...plan.parts.map(({ name }) => name),
    ...plan.codelists.map(({ name }) => name),
    ...plan.files.map(({ name }) => `${name}_rows`),
  ];
  for (const statement of [...files, ...tables.map((table) => duckdb.discard(table)), ...types]) {
    await db.run(statement).catch(() => undefined);
  }
}
