/** How records answer a study: which columns exactly, which by a mapping or in a way of their own, and what of its codelists their vocabularies hold. */
import type { IsoDate } from "../../../base/dates.ts";
import { ProblemError } from "../../../base/problems.ts";
import type { CheckedStudy } from "../../../definition/checked-study.ts";
import type { CohortPlan } from "../../../plan/model/cohort-plan.ts";
import { tableUses } from "../../../plan/table-uses.ts";
import { checkProvider } from "../../../schema/check-provider.ts";
import { readings } from "../../../schema/omop/readings.ts";
import type { TableUse } from "../../../schema/physical-needs.ts";
import type { Provider } from "../../../schema/provision.ts";
import { countsText } from "../../codelist-counts.ts";
import type { Records } from "../records.ts";
import { studyFor } from "../study-for.ts";
import { codelistFindings } from "./codelist-findings.ts";
import type { CodelistFindings } from "./codelist-findings.ts";
import { leftOutUnits } from "./left-out-units.ts";
import { plannedFor } from "./lower-with-concepts.ts";
import { foundCodes } from "./resolve-codelists.ts";

/**
 * Lines for a person. Problems: those of `lowerStudy` and `checkProvider`; database-lacks, mapping-refuses,
 * practice-not-a-number: each tells the columns that cannot be answered; those of `foundCodes`.
 */
export async function studyReport(
  records: Records,
  given: CheckedStudy,
  today: IsoDate,
): Promise<readonly string[]> {
  const { provider, tables } = records;
  const study = studyFor(given, provider);
  const { asked, plan } = plannedFor(records, { study, today, previousProductIds: [], provider });
  const problems = checkProvider(provider, tables, tableUses(plan));
  if (problems.length > 0) throw new ProblemError(problems);
  const findings =
    asked.length === 0 ? [] : codelistFindings(asked, await foundCodes(records, asked, true));
  return [
    `study ${study.name}: every column can be answered`,
    ...columnLines(study, plan, provider),
    ...(await leftOutUnits(records, study)),
    ...findings.map(codelistLine),
  ];
}

/** A column can be read by a mapping, in a way of OMOP's own, by both, or exactly as in the layout itself. */
function columnLines(
  { columns }: CheckedStudy,
  plan: CohortPlan,
  provider: Provider,
): readonly string[] {
  const shown = columns.filter(({ hidden }) => !hidden);
  const isMapped = mappedColumns(plan, provider);
  const told = new Map<string, string[]>();
  const tell = (what: string, name: string) => told.set(what, [...(told.get(what) ?? []), name]);
  for (const { name, function: asked } of shown) {
    const reading = provider.vocabularies === undefined ? undefined : readings[asked];
    if (isMapped(name)) tell(`as ${provider.described} says`, name);
    if (reading !== undefined) tell(reading, name);
    if (!isMapped(name) && reading === undefined) tell("exact", name);
  }
  return [...told].map(([what, names]) => `  ${names.join(", ")}: ${what}`);
}

/** Whether a column reads something that a mapping file says itself. */
function mappedColumns(plan: CohortPlan, { mapping }: Provider): (name: string) => boolean {
  if (mapping === undefined) return () => false;
  const isSaid = ({ table, fields }: TableUse): boolean => {
    const changed = mapping.changes.get(table);
    if (changed === undefined) return false;
    return changed === null || fields.some((field) => changed.has(field));
  };
  const uses = tableUses(plan).filter(isSaid);
  const names = new Set(uses.flatMap(({ columns }) => columns));
  return (name) => names.has(name);
}

function codelistLine({ codelist, counts, missing }: CodelistFindings): string {
  const { column, system, files, vocabularies } = codelist;
  const name = files[0]?.file ?? `of column ${column}`;
  const where = vocabularies.length === 0 ? "concepts" : vocabularies.join(", ");
  return `  codelist ${name} (${system} in ${where}): ${countsText(counts, missing)}`;
}
