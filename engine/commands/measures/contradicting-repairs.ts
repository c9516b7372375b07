/** Actions of a file of repairs that cannot both be done. */
import type { Dropping, RepairAction, Withholding } from "../../audit/repair/repairs-file.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import { fail } from "../problems.ts";

/** Problem: repairs-contradict, which names the first two. */
export function refuseContradictions(
  repairs: readonly RepairAction[],
  measures: readonly MeasureSpec[],
  file: string,
): void {
  const dropped = repairs.flatMap((action) => ("drop" in action ? [action.drop] : []));
  const withheld = repairs.flatMap((action) => ("withhold" in action ? [action.withhold] : []));
  const refuse = (why: string): never => fail("repairs-contradict", { file, why });
  for (const [at, one] of dropped.entries())
    if (dropped.slice(0, at).some((other) => isSameTable(one, other)))
      refuse(`${tableText(one)} is dropped twice`);
  const [run, other] = repairs.flatMap((action) => ("round" in action ? [action.round] : []));
  if (other !== undefined) refuse("all measures are rounded twice");
  const rounded = measures.find(({ rounding }) => run !== undefined && rounding !== undefined);
  if (rounded !== undefined)
    refuse(`all measures are rounded, and measure ${JSON.stringify(rounded.id)} is by its study`);
  const merged = repairs.flatMap((action) => ("merge" in action ? [action.merge] : []));
  for (const [at, { column, labels, into }] of merged.entries())
    for (const other of merged.slice(0, at)) {
      const label = [...labels, into].find(
        (each) => other.column === column && [...other.labels, other.into].includes(each),
      );
      if (label !== undefined)
        refuse(
          `label ${JSON.stringify(label)} of column ${JSON.stringify(column)} is merged twice`,
        );
    }
  const seen = new Set<string>();
  for (const figure of withheld) {
    if (dropped.some((one) => isSameTable(one, figure)))
      refuse(`${tableText(figure)} is dropped, and a figure of it is withheld`);
    const key = keyOf(figure);
    if (seen.has(key)) refuse(`one figure of ${tableText(figure)} is withheld twice`);
    seen.add(key);
  }
}

/** A measure that is dropped at all dates is dropped at each. */
function isSameTable(a: Dropping, b: Dropping): boolean {
  const isOneDate = a.date === undefined || b.date === undefined || a.date === b.date;
  return a.measure === b.measure && isOneDate;
}

function tableText({ measure, date }: Dropping): string {
  const at = date === undefined ? "" : ` at ${date}`;
  return `measure ${JSON.stringify(measure)}${at}`;
}

function keyOf({ measure, date, column, groups }: Withholding): string {
  return JSON.stringify([measure, date, column, Object.entries(groups).sort()]);
}
