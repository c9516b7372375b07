/** Whether something can be worked out from some tables alone. */
import type { AuditedCell } from "../audit-result.ts";
import { cellKey } from "../describe/cell-name.ts";
import type { Description, Policy } from "../describe/description.ts";
import type { Opened } from "../judge-cells.ts";
import type { WorldParts } from "../model/world.ts";
import { opened, possibleOf } from "../settle-world.ts";
import type { Asked } from "../settle-world.ts";

export function leaksFrom(
  { description, ...parts }: WorldParts & { readonly description: Description },
  cell: AuditedCell,
  asked: Asked,
): boolean {
  return isLeakIn(opened(description, parts, asked.policy, false), cell, asked);
}

export function isLeakIn(open: Opened, cell: AuditedCell, asked: Asked): boolean {
  const target = open.targets.find(({ name }) => cellKey(name) === cellKey(cell));
  const possible =
    target === undefined ? null : possibleOf(open, target.variable, { ...asked, isBrief: true });
  return possible !== null && isLeak(possible.values, asked.policy);
}

function isLeak(values: readonly number[], { minValues, small }: Policy): boolean {
  return values.length < minValues && values.some((value) => value >= 1 && value <= small);
}
