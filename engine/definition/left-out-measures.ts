/** Measures that an author made and did not export: nobody would ever make them. */
import { measuresMade } from "./measure-builder.ts";
import type { MeasureDefinition } from "./model.ts";

/** As it crosses the sandbox: the measure, for its place, and the name of the export that has it instead. */
export type LeftOut = MeasureDefinition & { readonly exported_as: string | null };

/** One that was copied (`{ ...made, id }`) is used where its copy is exported. */
export function leftOutMeasures(
  module: Readonly<Record<string, unknown>>,
  exported: readonly MeasureDefinition[],
): readonly LeftOut[] {
  const made = new Set(measuresMade());
  for (const each of exported) {
    const isOwn = made.delete(each);
    if (isOwn) continue;
    for (const other of made) if (stackOf(other) === stackOf(each)) made.delete(other);
  }
  return [...made].map((each) => ({ ...each, exported_as: exportWith(each, module) }));
}

function stackOf(measure: MeasureDefinition): unknown {
  return (measure as { readonly $stack?: unknown }).$stack;
}

function exportWith(
  measure: MeasureDefinition,
  module: Readonly<Record<string, unknown>>,
): string | null {
  const has = (value: unknown): boolean =>
    value === measure || (Array.isArray(value) && value.includes(measure));
  return Object.keys(module).find((name) => has(module[name])) ?? null;
}
