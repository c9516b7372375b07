/** Tables of coded rows: events and medications. */
import type { Codelist } from "../../definition/model.ts";
import type { PatientTable } from "../../schema/contract.ts";
import { eventTables, medicationTables } from "../../schema/system-tables.ts";
import { field } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import type { Lowering } from "./lowering.ts";

/** What sets one kind of coded rows apart from another. */
export interface CodedTable {
  readonly table: PatientTable;
  readonly date: string;
  /** What tells rows apart, in order. */
  readonly ids: readonly string[];
  readonly isMedication: boolean;
}

export function medicationTable(
  { system }: Pick<Codelist, "system">,
  { meaning }: Pick<Lowering, "meaning">,
): CodedTable {
  const own = meaning.systems === undefined ? undefined : medicationTables[system ?? ""];
  const table = meaning.eventCodes === "concepts" ? "concept_medications" : "medications";
  return { table: own ?? table, date: "issued_at", ids: ["issue_id"], isMedication: true };
}

export function eventTable(
  { system }: Pick<Codelist, "system">,
  { meaning }: Pick<Lowering, "meaning">,
): CodedTable {
  const events = { date: "recorded_at", isMedication: false } as const;
  if (meaning.eventCodes === "concepts") {
    return { ...events, table: "concept_events", ids: ["event_kind", "event_id"] };
  }
  const own = meaning.systems === undefined ? undefined : eventTables[system ?? ""];
  const table = system === "ctv3" ? "ctv3_events" : "snomed_events";
  return { ...events, table: own ?? table, ids: ["event_id"] };
}

/** The date by which days and episodes are told: a day that only stands for none is none. */
export function knownDate({ date }: CodedTable, to: Lowering): string {
  return to.meaning.undated === "dated" ? "known_at" : date;
}

/** What settles which of two rows of one time comes first. */
export function ties({ ids }: CodedTable, value: Value, to: Lowering): readonly Value[] {
  return to.meaning.ties === "ids" ? ids.map(field) : [value];
}
