/** What the vocabularies of the records hold of each codelist of a study, in lines for a person. */
import type { IsoDate } from "../../../base/dates.ts";
import { quotedList } from "../../../base/wording.ts";
import type { CheckedStudy } from "../../../definition/checked-study.ts";
import type { AskedCodelist } from "../../../plan/concept-lists.ts";
import { readings } from "../../../schema/omop/readings.ts";
import type { Records } from "../records.ts";
import { lookUpCodes } from "./look-up-codes.ts";
import type { LookedUp } from "./look-up-codes.ts";
import { askedCodelists } from "./lower-with-concepts.ts";

/** Problems: those of `lowerStudy`; database-lacks, which tells the columns that cannot be answered. */
export async function studyReport(
  records: Records,
  study: CheckedStudy,
  today: IsoDate,
): Promise<readonly string[]> {
  const { provider } = records;
  const asked = askedCodelists(records, { study, today, previousProductIds: [], provider });
  const found = asked.length === 0 ? null : await lookUpCodes(records, asked, true);
  return [
    `study ${study.name}: every column can be answered`,
    ...columnLines(study),
    ...asked.map((each, list) => codelistLine(each, countsOf(each, list, found))),
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

interface Counts {
  readonly found: number;
  readonly missing: readonly string[];
  readonly retired: number;
  readonly unmapped: number;
  readonly shared: number;
}

function countsOf({ codes }: AskedCodelist, list: number, found: LookedUp | null): Counts {
  const own = (all: readonly { readonly list: number; readonly code: string }[] = []) =>
    new Set(all.filter((each) => each.list === list).map(({ code }) => code));
  const there = own(found?.codes);
  const mapped = own(found?.mapped);
  return {
    found: there.size,
    missing: codes.map(([code]) => code).filter((code) => !there.has(code)),
    retired: own(found?.codes.filter(({ isRetired }) => isRetired)).size,
    unmapped: [...there].filter((code) => !mapped.has(code)).length,
    shared: own(found?.shared).size,
  };
}

const SHOWN = 5;

function codelistLine(asked: AskedCodelist, counts: Counts): string {
  const { column, system, files, vocabularies, codes } = asked;
  const name = files[0]?.file ?? `of column ${column}`;
  const where = vocabularies.length === 0 ? "concepts" : vocabularies.join(", ");
  const { found, missing, retired, unmapped, shared } = counts;
  const more = missing.length > SHOWN ? " …" : "";
  const parts = [
    `${found} of ${codes.length} codes found`,
    ...(missing.length === 0 ? [] : [`not there: ${quotedList(missing.slice(0, SHOWN))}${more}`]),
    ...(retired === 0 ? [] : [`${retired} retired`]),
    ...(unmapped === 0 ? [] : [`${unmapped} without a standard concept`]),
    ...(shared === 0 ? [] : [`${shared} share theirs with codes outside the list`]),
  ];
  return `  codelist ${name} (${system} in ${where}): ${parts.join("; ")}`;
}
