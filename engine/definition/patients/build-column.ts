/** The one maker behind every `patients.*` function. */
import { callStack } from "../call-stack.ts";
import { madeColumn } from "../column.ts";
import type { MadeColumn } from "../column.ts";
import { fail } from "../author-side-problems.ts";
import { shapeOf } from "../function-table.ts";
import type { FunctionName } from "../function-table.ts";
import { givenArgument } from "../given-argument.ts";
import { givenOptions } from "../given-options.ts";
import type { ArgumentShape } from "../functions/shape.ts";
import { isPlainObject } from "../plain-object.ts";
import { camelCase } from "../snake-case.ts";

/**
 * The definition that a call says: `positional` are the function's required arguments in the order of
 * the function table, `options` the others by camelCase name. What is undefined counts as not given.
 * Problems "unknown-option", "options-not-an-object", and those of the arguments' values.
 */
export function buildColumn(
  name: FunctionName,
  positional: readonly unknown[],
  options: object = {},
): MadeColumn {
  const table: Readonly<Record<string, ArgumentShape>> = shapeOf(name).args;
  const call = `patients.${camelCase(name)}`;
  const given = givenByName(table, positional, call, options);
  const args: [string, unknown][] = [];
  for (const [argument, { kind }] of Object.entries(table)) {
    const value = given.get(argument);
    if (value === undefined) continue;
    const spot = { function: call, argument: camelCase(argument) };
    args.push([argument, givenArgument(kind, value, spot)]);
  }
  const definition = { function: name, args: Object.freeze(Object.fromEntries(args)) };
  return madeColumn({ ...definition, ...callStack() });
}

function givenByName(
  table: Readonly<Record<string, ArgumentShape>>,
  positional: readonly unknown[],
  call: string,
  options: unknown,
): ReadonlyMap<string, unknown> {
  const required = Object.keys(table).filter((argument) => table[argument]?.required === true);
  refuseEarlyOptions(positional, { table, required, call });
  const given = new Map(positional.map((value, i) => [required[i] ?? "", value]));
  const byOption = new Map(Object.keys(table).map((argument) => [camelCase(argument), argument]));
  for (const [option, value] of givenOptions(call, options, [...byOption.keys()])) {
    given.set(byOption.get(option) ?? option, value);
  }
  return given;
}

interface Signature {
  readonly table: Readonly<Record<string, ArgumentShape>>;
  /** Those that are given by position. */
  readonly required: readonly string[];
  readonly call: string;
}

/** Options in the place of an argument that comes before them, perhaps with that argument among them. */
function refuseEarlyOptions(
  positional: readonly unknown[],
  { table, required, call }: Signature,
): void {
  const options = new Set(Object.keys(table).map(camelCase));
  const early = positional.findIndex((value) => {
    const keys = isPlainObject(value) ? Object.keys(value) : [];
    return keys.length > 0 && keys.every((key) => options.has(key));
  });
  if (early === -1) return;
  const names = required.map(camelCase);
  fail("options-too-early", { function: call, argument: names[early] ?? "", required: names });
}
