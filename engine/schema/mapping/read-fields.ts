/** The fields of a selection of a mapping file, and the system of their codes. */
import { nearestNames } from "../../base/nearest.ts";
import type { YamlEntry, YamlNode } from "../../base/yaml-node.ts";
import type { ContractTable } from "../contract.ts";
import { plainSystems } from "../vocabulary-settings.ts";
import { systemsOf } from "./coded-tables.ts";
import { fieldTypes } from "./field-types.ts";
import type { Expression } from "./mapping.ts";
import { readExpression } from "./read-expression.ts";
import { isContractTable } from "./table-names.ts";
import { knownEntries, textOf } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

/** A table as the file names it. */
export interface Named {
  readonly table: string;
  readonly notes: Notes;
}

/** The contract table that rows of the code's system are in, and the expression of the code. */
export function codedTable(
  fields: YamlEntry | undefined,
  part: Part,
  { table, notes }: Named,
): readonly [ContractTable | null, Expression | null] {
  const systems = systemsOf(table);
  if (systems === null) return [isContractTable(table) ? table : null, null];
  const code = entryOf(fields?.value, "code");
  if (code === undefined) {
    const at = fields?.value.at ?? part.node.at;
    notes.note("mapping-key-missing", { key: "code", where: `${part.what}.fields` }, at);
    return [null, null];
  }
  const what = `code of ${table}`;
  const found = knownEntries({ node: code.value, what }, ["system", "text"], notes);
  if (code.value.kind !== "map") return [null, null];
  for (const key of ["system", "text"]) {
    if (!found.has(key)) notes.note("mapping-key-missing", { key, where: what }, code.at);
  }
  const text = found.get("text");
  const of = text === undefined ? null : readExpression({ node: text.value, what }, notes);
  const system = found.get("system");
  const isPlain = plainSystems.has(system?.value.kind === "scalar" ? system.value.text : "");
  return [systemTable(system, systems, notes), of !== null && isPlain ? withoutDots(of) : of];
}

/** Codes of classifications are written with dots or without. */
function withoutDots(of: Expression): Expression {
  return { at: of.at, kind: "made", form: "replaced", parts: [of], given: { pairs: [[".", ""]] } };
}

function systemTable(
  entry: YamlEntry | undefined,
  systems: Readonly<Record<string, ContractTable>>,
  notes: Notes,
): ContractTable | null {
  if (entry === undefined) return null;
  const name = textOf({ node: entry.value, what: "system" }, notes);
  if (name === null) return null;
  if (Object.hasOwn(systems, name)) return systems[name] ?? null;
  const known = Object.keys(systems);
  const facts = { what: "The system", name, known, nearest: nearestNames(name, known) };
  notes.note("mapping-unknown", facts, entry.value.at);
  return null;
}

function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}

export function readFields(
  entry: YamlEntry | undefined,
  part: Part,
  {
    of: { table: named, notes },
    table,
    code = null,
  }: { readonly of: Named; readonly table: ContractTable; readonly code?: Expression | null },
): ReadonlyMap<string, Expression> {
  const fields = new Map<string, Expression>();
  if (entry === undefined) return fields;
  const known = Object.keys(fieldTypes(table));
  const isCoded = systemsOf(named) !== null;
  const what = `${part.what}.fields`;
  for (const [name, { value }] of knownEntries({ node: entry.value, what }, known, notes)) {
    const isCode = isCoded && name === "code";
    const of = isCode ? code : readExpression({ node: value, what: `${part.what}.${name}` }, notes);
    if (of !== null) fields.set(name, of);
  }
  return fields;
}
