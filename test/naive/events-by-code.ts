/** Coded events and medication issues of a patient that a codelist matches. */
import type { codedEvents } from "../../engine/definition/functions/coded-events.ts";
import { expandDmdCodelist } from "../../engine/definition/codelists/expand-dmd.ts";
import type { Codelist } from "../../engine/definition/model.ts";
import { ownRows, rowsOf } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { fold } from "./fold-text.ts";
import type { InPeriod } from "./in-period.ts";
import { dayOf, moment, real, text, whole } from "./row.ts";
import type { Row } from "./row.ts";
import type { Key } from "./order.ts";

/** An event or an issue, told in the same words. */
export interface CodedRow {
  /** What settles which of two of one moment comes first. */
  readonly ties: readonly Key[];
  readonly at: string | null;
  readonly code: string;
  readonly category: string | null;
  readonly value: number | null;
  readonly row: Row;
}

/** CTV3 codes and SNOMED concepts match exactly, letter case included. */
export function clinicalEvents(asked: Asked, codelist: Codelist, inPeriod: InPeriod): CodedRow[] {
  const ctv3 = codelist.system === "ctv3";
  const table = ctv3 ? "CodedEvent" : "CodedEvent_SNOMED";
  const events: CodedRow[] = [];
  for (const row of ownRows(asked, table)) {
    const code = text(row, ctv3 ? "CTV3Code" : "ConceptID");
    const match = matchOf(codelist, (listed) => listed === code);
    const at = moment(row, "ConsultationDate");
    if (code === null || match === null || !inPeriod(dayOf(at))) continue;
    const value = real(row, "NumericValue");
    events.push({ ties: [whole(row, "CodedEvent_ID")], at, code, ...match, value, row });
  }
  return events;
}

/** By dm+d code of the product, earlier and later ids of it included; letter case does not count. */
export function medicationIssues(asked: Asked, codelist: Codelist, inPeriod: InPeriod): CodedRow[] {
  const expanded = expandDmdCodelist(codelist, vmpPairs(asked));
  const issues: CodedRow[] = [];
  for (const row of ownRows(asked, "MedicationIssue")) {
    const at = moment(row, "ConsultationDate");
    if (!inPeriod(dayOf(at))) continue;
    for (const product of rowsOf(asked, "MedicationDictionary")) {
      if (product["MultilexDrug_ID"] !== row["MultilexDrug_ID"]) continue;
      const code = text(product, "DMD_ID");
      if (code === null) continue;
      const match = matchOf(expanded, (listed) => fold(listed) === fold(code));
      if (match === null) continue;
      const ties = [whole(row, "MedicationIssue_ID")];
      issues.push({ ties, at, code, ...match, value: null, row });
    }
  }
  return issues;
}

/** Rows on none of the days on which a clinical event of the ignored list happened in the period. */
export function withoutIgnoredDays(
  asked: Asked<keyof typeof codedEvents>,
  rows: readonly CodedRow[],
  inPeriod: InPeriod,
): readonly CodedRow[] {
  const ignored = asked.column.args.ignore_days_where_these_codes_occur;
  if (ignored === undefined) return rows;
  return onOtherDays(rows, clinicalEvents(asked, ignored, inPeriod));
}

export function onOtherDays(
  rows: readonly CodedRow[],
  events: readonly CodedRow[],
): readonly CodedRow[] {
  const days = new Set(events.map(({ at }) => dayOf(at)).filter((day) => day !== null));
  return rows.filter(({ at }) => {
    const day = dayOf(at);
    return day === null || !days.has(day);
  });
}

interface Match {
  readonly category: string | null;
}

function matchOf({ codes }: Codelist, same: (listed: string) => boolean): Match | null {
  for (const entry of codes) {
    if (typeof entry === "string") {
      if (same(entry)) return { category: null };
    } else if (same(entry[0])) return { category: entry[1] };
  }
  return null;
}

function vmpPairs(asked: Asked): (readonly [string, string])[] {
  return rowsOf(asked, "VmpMapping").flatMap((row) => {
    const [id, previous] = [text(row, "id"), text(row, "prev_id")];
    return id === null || previous === null ? [] : [[id, previous] as const];
  });
}
