/** What the vocabularies of the records hold of each codelist of a study, in lines for a person. */
import type { IsoDate } from "../../../base/dates.ts";
import type { CheckedStudy } from "../../../definition/checked-study.ts";
import { readings } from "../../../schema/omop/readings.ts";
import { countsText } from "../../codelist-counts.ts";
import type { Records } from "../records.ts";
import { codelistFindings } from "./codelist-findings.ts";
import type { CodelistFindings } from "./codelist-findings.ts";
import { lookUpCodes } from "./look-up-codes.ts";
import { askedCodelists } from "./lower-with-concepts.ts";

/** Problems: those of `lowerStudy`; database-lacks, which tells the columns that cannot be answered. */
export async function studyReport(
  records: Records,
  study: CheckedStudy,
  today: IsoDate,
): Promise<readonly string[]> {
  const { provider } = records;
  const asked = askedCodelists(records, { study, today, previousProductIds: [], provider });
  const findings =
    asked.length === 0 ? [] : codelistFindings(asked, await lookUpCodes(records, asked, true));
  return [
    `study ${study.name}: every column can be answered`,
    ...columnLines(study),
    ...findings.map(codelistLine),
  ];
}

function columnLines({ columns }: CheckedStudy): readonly string[] {
  const readBy = new Map<string, string[]>();
  for (const { name, function: asked, hidden } of columns) {
    const reading = readings[asked];
    if (reading === undefined || hidden) continue;
    readBy.set(reading, [...(readBy.get(reading) ?? []), name]);
  }
  return [...readBy].map(([reading, names]) => `  ${names.join(", ")}: ${reading}`);
}

function codelistLine({ codelist, counts, missing }: CodelistFindings): string {
  const { column, system, files, vocabularies } = codelist;
  const name = files[0]?.file ?? `of column ${column}`;
  const where = vocabularies.length === 0 ? "concepts" : vocabularies.join(", ");
  return `  codelist ${name} (${system} in ${where}): ${countsText(counts, missing)}`;
}
