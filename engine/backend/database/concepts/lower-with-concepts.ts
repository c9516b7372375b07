/** A study as the vocabularies of the records that will answer have its codelists. */
import { isoDateOf } from "../../../base/dates.ts";
import type { IsoDate } from "../../../base/dates.ts";
import { ProblemError } from "../../../base/problems.ts";
import { keyOf, NOTHING_FOUND } from "../../../plan/concept-lists.ts";
import type { AskedCodelist } from "../../../plan/concept-lists.ts";
import { lowerStudy } from "../../../plan/lower/lower-study.ts";
import type { LoweredStudy } from "../../../plan/lower/lower-study.ts";
import type { CohortPlan } from "../../../plan/model/cohort-plan.ts";
import type { LoweringFacts } from "../../../plan/lower/lowering.ts";
import { planCohort } from "../../../plan/passes/plan-cohort.ts";
import { tableUses } from "../../../plan/table-uses.ts";
import { checkProvider } from "../../../schema/check-provider.ts";
import type { TableUse } from "../../../schema/physical-needs.ts";
import { renderTable } from "../../../sql/render-table.ts";
import { sql } from "../../../text/sql.ts";
import type { HearVocabulary } from "../../backend.ts";
import { refuseLacking } from "../lacking.ts";
import type { Records } from "../records.ts";
import { vocabularyUses } from "./look-up-codes.ts";
import { resolveCodelists } from "./resolve-codelists.ts";

/**
 * Lowered twice: the first time tells which codelists are asked for, and what the records cannot answer, before
 * anything is asked of them.
 */
export async function lowerWithConcepts(
  records: Records,
  facts: Omit<LoweringFacts, "concepts">,
  hear?: HearVocabulary,
): Promise<LoweredStudy> {
  const { asked, plan } = plannedFor(records, facts);
  if (asked.length > 0) refuseMissing(records, [...vocabularyUses(asked), ...tableUses(plan)]);
  const resolved = await resolveCodelists(records, asked, hear);
  const resolve = (each: AskedCodelist) => resolved.get(keyOf(each)) ?? NOTHING_FOUND;
  return lowerStudy({
    ...facts,
    concepts: { dataUntil: await dataUntil(records, facts.study), resolve },
  });
}

/** All that is not there at once, whether codelists or columns ask for it. Problems: those of `checkProvider`. */
function refuseMissing({ provider, tables }: Records, uses: readonly TableUse[]): void {
  const problems = checkProvider(provider, tables, uses);
  if (problems.length > 0) throw new ProblemError(problems);
}

export interface Planned {
  /** Codelists that are looked up; none where there are no vocabularies. */
  readonly asked: readonly AskedCodelist[];
  /** As if none of their codes were found. */
  readonly plan: CohortPlan;
}

/** Before anything is asked of the records. Problems: those of `lowerStudy`, database-lacks, mapping-refuses. */
export function plannedFor(
  { provider }: Pick<Records, "provider">,
  facts: Omit<LoweringFacts, "concepts">,
): Planned {
  const asked = new Map<string, AskedCodelist>();
  const resolve = (each: AskedCodelist) => {
    asked.set(keyOf(each), each);
    return NOTHING_FOUND;
  };
  const lowered = lowerStudy({ ...facts, concepts: { dataUntil: null, resolve } });
  if (lowered.problems.length > 0) throw new ProblemError(lowered.problems);
  const plan = planCohort(lowered, []);
  refuseLacking(provider, facts.study, plan);
  return { asked: [...asked.values()], plan };
}

/** As declared, or the day on which the source of the records was released; null where nobody knows, or asks. */
async function dataUntil(
  { provider, dialect, session, tables, ready }: Records,
  { columns }: LoweringFacts["study"],
): Promise<IsoDate | null> {
  const declared = provider.vocabularies?.dataUntil ?? null;
  if (declared !== null) return isoDateOf(declared);
  const asks = columns.some(
    (column) => column.function === "date_deregistered_from_all_supported_practices",
  );
  const [source] = provider.provides.record_sources ?? [];
  if (!asks || source === undefined || !tables.has(source.table.toLowerCase())) return null;
  const fields = ["released_on"];
  await ready([{ table: "record_sources", fields, columns: [] }]);
  const from = renderTable("record_sources", fields, { provider, dialect, range: null });
  const day = dialect.shownDate(sql`max(s.released_on)`, "YYYY-MM-DD");
  const [row] = await session.rows(sql`SELECT ${day} AS day FROM (${from}) s`);
  const found = row?.["day"];
  return typeof found !== "string" || found === "" ? null : isoDateOf(found);
}
