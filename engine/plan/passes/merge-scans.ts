/**
 * Summaries that ask the same rows in the same window share one scan: their tests on rows become tests of
 * each summary, and the scan reads the rows that pass any of them. Every row is asked for every summary of its
 * scan, so that a scan has a bound: otherwise hundreds of codelists would take the square of their number.
 */
import type { PlacedSummary } from "../model/cohort-plan.ts";
import type { Rows, Summary, Window } from "../model/rows.ts";
import type { Test } from "../model/value.ts";
import { all } from "../model/value.ts";

export interface Scan {
  readonly rows: Rows;
  readonly window: Window;
  readonly summaries: readonly PlacedSummary[];
}

const MOST_SUMMARIES = 100;

/** In the order in which the study first asks. */
export function mergeScans(summaries: readonly Summary[]): readonly Scan[] {
  const scans: { rows: Rows; window: Window; summaries: PlacedSummary[] }[] = [];
  const open = new Map<string, PlacedSummary[]>();
  for (const summary of summaries) {
    const { rows, where } = withoutTests(summary.rows);
    const { id, window, output } = summary;
    // Every row of such a summary is kept, so that it cannot share groups with others.
    const alone = output.kind === "each" ? id : null;
    const key = JSON.stringify([rows, window, alone]);
    const placed: PlacedSummary = { id, where, output };
    const together = open.get(key);
    if (together !== undefined && together.length < MOST_SUMMARIES) {
      together.push(placed);
      continue;
    }
    const summaries = [placed];
    open.set(key, summaries);
    scans.push({ rows, window, summaries });
  }
  return scans;
}

/** Tests on top of the rows come off; those below a step that depends on them stay. */
function withoutTests(rows: Rows): { readonly rows: Rows; readonly where: Test | null } {
  if (rows.kind !== "matching") return { rows, where: null };
  const inner = withoutTests(rows.from);
  return {
    rows: inner.rows,
    where: inner.where === null ? rows.where : all(inner.where, rows.where),
  };
}
