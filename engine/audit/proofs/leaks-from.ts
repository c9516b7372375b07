/** Whether something can be worked out from some tables alone. */
import type { AuditedCell } from "../audit-result.ts";
import { cellKey } from "../describe/cell-name.ts";
import type { Description, Policy } from "../describe/description.ts";
import type { Opened } from "../judge-cells.ts";
import type { WorldParts, WorldShape } from "../model/world.ts";
import { opened, possibleOf } from "../settle-world.ts";
import type { Asked } from "../settle-world.ts";

export function leaksFrom(
  { description, ...parts }: WorldParts & { readonly description: Description },
  cell: AuditedCell,
  asked: Asked & { readonly shape: WorldShape },
): boolean {
  return leaksIn(opened(description, parts, asked.policy, asked.shape), [cell], asked).length > 0;
}

/** Those of the cells that can be worked out. */
export function leaksIn(
  open: Opened,
  cells: readonly AuditedCell[],
  asked: Asked,
): readonly AuditedCell[] {
  const wanted = new Map(cells.map((cell) => [cellKey(cell), cell]));
  const variables = new Map<AuditedCell, number>();
  for (const { name, variable } of open.targets) {
    const cell = wanted.get(cellKey(name));
    if (cell !== undefined) variables.set(cell, variable);
  }
  const possible = possibleOf(open, [...variables.values()], { ...asked, isBrief: true });
  return [...variables].flatMap(([cell, variable]) => {
    const found = possible.get(variable);
    return found !== undefined && isLeak(found.values, asked.policy) ? [cell] : [];
  });
}

function isLeak(values: readonly number[], { minValues, small }: Policy): boolean {
  return values.length < minValues && values.some((value) => value >= 1 && value <= small);
}
