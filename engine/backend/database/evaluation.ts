/** One study at several index dates in one connection: parts are made once, cohorts are read from them. */
import type { IsoDate } from "../../base/dates.ts";
import { ProblemError } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { lowerWithConcepts } from "./concepts/lower-with-concepts.ts";
import { lowerStudy } from "../../plan/lower/lower-study.ts";
import type { CohortPlan, Part } from "../../plan/model/cohort-plan.ts";
import { planCohort } from "../../plan/passes/plan-cohort.ts";
import { columnsOfPart, tableUses } from "../../plan/table-uses.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import { BOUNDS } from "../../sql/gather.ts";
import type { Bounds } from "../../sql/gather.ts";
import { answerName } from "../../sql/render-summaries.ts";
import type { PatientRange } from "../../sql/render-table.ts";
import { PATIENT_BASE } from "../../sql/render-patient-base.ts";
import { partStatements } from "../../sql/statements.ts";
import type { Speaking } from "../../sql/statements.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import type { HearCodelists, HearVocabulary } from "../backend.ts";
import type { GroupsWanted } from "../../table/cohort-groups.ts";
import { cohortReader } from "./cohort-reader.ts";
import type { CohortReader } from "./cohort-reader.ts";
import { groupReader } from "./group-reader.ts";
import type { GroupReader } from "./group-reader.ts";
import { whileKept } from "./keep-tables.ts";
import { NO_WORDS, numberWords } from "./number-words.ts";
import { checkIds } from "./check-ids.ts";
import { refuseLacking } from "./lacking.ts";
import { patientRanges } from "./patient-ranges.ts";
import { previousProductIds } from "./previous-product-ids.ts";
import { recordedCodes } from "./recorded-codes.ts";
import type { Records } from "./records.ts";
import { resultKeeper } from "./result-keeper.ts";
import type { ResultKeeper } from "./result-keeper.ts";
import type { Results } from "./results.ts";
import { inputTables, uploadInputs } from "./upload.ts";
import { failForUses } from "./wrong-texts.ts";
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
  readonly readFile: ReadFile;
  readonly onPart?: (made: PartMade) => void;
  /** `BOUNDS` where absent; no result depends on them. */
  readonly bounds?: Bounds;
  /** Absent where nobody wants to know, which then costs nothing. */
  readonly onCodelists?: HearCodelists | undefined;
  /** Absent as well. */
  readonly onVocabulary?: HearVocabulary | undefined;
  /** Texts of a column that may leave the database together; all of them where absent. */
  readonly wordsAtMost?: number;
  /** Ends the work between two statements. */
  readonly signal?: AbortSignal;
}

export interface Evaluation {
  readonly plan: CohortPlan;
  readonly batches: CohortReader["batches"];
  readonly attrition: CohortReader["attrition"];
  /** Always asked for the same. */
  readonly groups: (wanted: GroupsWanted) => GroupReader;
  /** Makes the cohorts where they outlive the connection; always asked for the same. */
  readonly keeper: (results: Results) => ResultKeeper;
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
  const { dialect, provider, includeOptedOut, patientsAtOnce } = records;
  const plan = await planFor(records, study, indexDates, options);
  const { bounds = BOUNDS, wordsAtMost = Infinity } = options;
  const uses = tableUses(plan);
  await records.ready([...uses, ...(includeOptedOut ? [] : [notOptedOut])]);
  const speaking: Speaking = { dialect, provider, includeOptedOut, bounds };
  const end = (): Promise<void> => discardAll(records, plan);
  try {
    await uploadInputs(plan, records, options.readFile);
    await checkIds(records);
    const ranges = await patientRanges(records, patientsAtOnce);
    await makeParts(records, { plan, speaking, ranges }, options);
    await checkAgreement(records, plan);
    options.onCodelists?.(await recordedCodes(records, plan, speaking));
    const words = await numberWords(records.numbering, { plan, speaking }, wordsAtMost);
    const readAtOnce = patientsToRead(plan, patientsAtOnce);
    const toRead =
      readAtOnce === patientsAtOnce ? ranges : await patientRanges(records, readAtOnce);
    const work = { plan, speaking, ranges: toRead, words, uses };
    const reader = cohortReader(records, study, work);
    const endReading = async (): Promise<void> => {
      await reader.stop();
      await end();
    };
    const { batches, attrition } = reader;
    let ofGroups: GroupReader | null = null;
    const groups = (wanted: GroupsWanted): GroupReader =>
      (ofGroups ??= groupReader(records, { study, wanted }, work));
    let ofResults: ResultKeeper | null = null;
    const keeper = (results: Results): ResultKeeper =>
      (ofResults ??= resultKeeper(records, { ...work, ranges, words: NO_WORDS }, results));
    return { plan, batches, attrition, groups, keeper, end: endReading };
  } catch (error) {
    await end();
    return failForUses(records, uses, error, []);
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
  { today, onVocabulary }: Pick<EvaluationOptions, "today" | "onVocabulary">,
): Promise<CohortPlan> {
  const pairs = await previousProductIds(records, study);
  const { provider } = records;
  const facts = { study, today, previousProductIds: pairs, provider };
  const lowered =
    provider.vocabularies === undefined
      ? lowerStudy(facts)
      : await lowerWithConcepts(records, facts, onVocabulary);
  if (lowered.problems.length > 0) throw new ProblemError(lowered.problems);
  const plan = planCohort(lowered, indexDates);
  refuseLacking(provider, study, plan);
  return plan;
}

interface Work {
  readonly plan: CohortPlan;
  readonly speaking: Speaking;
  readonly ranges: readonly PatientRange[];
}

/** Patients in ranges, so that what is worked on at once has a bound; a part's table grows with each. */
async function makeParts(
  records: Records,
  { plan, speaking, ranges }: Work,
  { onPart, signal }: EvaluationOptions,
): Promise<void> {
  const { session, dialect } = records;
  const taken = new Map<string, number>();
  for (const [i, range] of ranges.entries()) {
    for (const { part, before, query } of partStatements(plan, speaking, range)) {
      // Who called knows how many files are finished.
      if (signal?.aborted === true) fail("interrupted", { finished: 0 });
      const columns = columnsOfPart(part, plan);
      const started = performance.now();
      const statement = i === 0 ? dialect.keep(part.name, query) : dialect.append(part.name, query);
      await whileKept(before, records, () => session.run(statement)).catch((error: unknown) =>
        records.fail(error, columns),
      );
      const milliseconds = performance.now() - started;
      taken.set(part.name, (taken.get(part.name) ?? 0) + milliseconds);
    }
  }
  if (onPart === undefined) return;
  for (const part of plan.parts) {
    const [counted] = await session.rows(
      sql`SELECT count(*) AS n FROM ${dialect.keptTable(part.name)}`,
    );
    const milliseconds = taken.get(part.name) ?? 0;
    const columns = columnsOfPart(part, plan);
    onPart({ part, columns, rows: Number(counted?.["n"]), milliseconds });
  }
}

/** Problem: cpns-dates-disagree. */
async function checkAgreement({ session, dialect }: Records, plan: CohortPlan): Promise<void> {
  for (const part of plan.parts) {
    if (part.kind !== "scan") continue;
    for (const { id, output } of part.summaries) {
      if (output.kind !== "agreed") continue;
      const disagree = word(answerName(id, "disagree"));
      const [found] = await session.rows(
        sql`SELECT count(*) AS n FROM ${dialect.keptTable(part.name)} WHERE ${disagree} = 1`,
      );
      if (Number(found?.["n"]) > 0)
        fail("cpns-dates-disagree", { columns: columnsOfPart(part, plan) });
    }
  }
}

/** Whatever of it is there; a session that is lost has nothing. */
async function discardAll(records: Records, plan: CohortPlan): Promise<void> {
  const { session, dialect, numbering } = records;
  const parts = plan.parts.map(({ name }) => name);
  for (const table of [PATIENT_BASE, ...parts, ...inputTables(plan, records)]) {
    await session.run(dialect.discard(table)).catch(() => undefined);
  }
  await numbering?.forget().catch(() => undefined);
}
