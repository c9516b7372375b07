/** The tables of a mapping file: each a selection or several, or some fields of what the file is based on. */
import { nearestNames } from "../../base/nearest.ts";
import type { YamlEntry, YamlMark, YamlNode } from "../../base/yaml-node.ts";
import { contractTables } from "../contract.ts";
import type { ContractTable } from "../contract.ts";
import { noConceptTables } from "../concept-tables.ts";
import { plainSystems } from "../vocabulary-settings.ts";
import { systemsOf } from "./coded-tables.ts";
import { fieldTypes } from "./field-types.ts";
import type { Base, Expression, MappedSelection, MappedTable } from "./mapping.ts";
import { readExpression } from "./read-expression.ts";
import { readConditions, readJoins, readTableName } from "./read-relations.ts";
import type { Schemas } from "./read-relations.ts";
import { entriesOf, itemsOf, knownEntries, noteUnknown, textOf, wrong } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

export interface TablesContext {
  readonly basedOn: Base;
  readonly schemas: Schemas;
  readonly notes: Notes;
}

type Tables = Map<ContractTable, MappedTable>;

const MOST_SELECTIONS = 100;
const KEYS = ["from", "join", "where", "distinct", "unique", "latest", "fields"];
const CHANGED_KEYS = ["join", "where", "fields"];

/** Those of codes of one system are events; those of concepts have a vocabulary to look them up in. */
export const tableNames: readonly string[] = ["events", ...Object.keys(contractTables)].filter(
  (name) => !/_(?:events|medications)$/.test(name) && !Object.hasOwn(noConceptTables, name),
);

export function readTables(part: Part, context: TablesContext): Tables {
  const tables: Tables = new Map();
  for (const entry of entriesOf(part, context.notes)) readTable(entry, tables, context);
  return tables;
}

function readTable({ key, at, value }: YamlEntry, tables: Tables, context: TablesContext): void {
  const { notes, basedOn } = context;
  if (key !== "events" && !isContractTable(key)) {
    noteUnknown("The table", { key, at }, tableNames, notes);
    return;
  }
  if (key === "patients_not_opted_out" && basedOn === "tpp") {
    notes.note("mapping-opt-outs", {}, at);
    return;
  }
  const what = `tables.${key}`;
  if (value.kind === "scalar" && value.value === "lacking") {
    for (const table of tablesOf(key)) tables.set(table, { kind: "lacking", at });
    return;
  }
  const isChange = value.kind === "map" && !value.entries.some((entry) => entry.key === "from");
  if (isChange && basedOn !== "nothing" && isContractTable(key)) {
    const by = readChange({ node: value, what }, { table: key, context });
    tables.set(key, { kind: "changed", at, by });
    return;
  }
  const nodes =
    value.kind === "list" ? itemsOf({ node: value, what }, MOST_SELECTIONS, notes) : [value];
  for (const node of nodes) {
    const selection = readSelection({ node, what }, { table: key, context });
    if (selection !== null) addSelection(selection, { key, at }, tables);
  }
}

export function isContractTable(name: string): name is ContractTable {
  return Object.hasOwn(contractTables, name);
}

function tablesOf(key: string): readonly ContractTable[] {
  const systems = systemsOf(key);
  if (systems !== null) return [...new Set(Object.values(systems))];
  return isContractTable(key) ? [key] : [];
}

interface Read {
  readonly table: ContractTable;
  readonly selection: MappedSelection;
}

function addSelection(
  { table, selection }: Read,
  { at }: Pick<YamlEntry, "key" | "at">,
  tables: Tables,
): void {
  const known = tables.get(table);
  const before = known?.kind === "selections" ? known.of : [];
  tables.set(table, { kind: "selections", at, of: [...before, selection] });
}

interface Of {
  readonly table: string;
  readonly context: TablesContext;
}

function readChange(part: Part, of: Of & { readonly table: ContractTable }) {
  const { notes, schemas } = of.context;
  const found = knownEntries(part, CHANGED_KEYS, notes);
  return {
    joins: readJoins(found.get("join"), part.what, { schemas, notes }),
    where: readConditions(found.get("where"), part.what, notes),
    fields: readFields(found.get("fields"), part, { of, table: of.table }),
  };
}

function readSelection(part: Part, of: Of): Read | null {
  const { notes, schemas } = of.context;
  const found = knownEntries(part, KEYS, notes);
  if (part.node.kind !== "map") return null;
  const { at } = part.node;
  const fields = found.get("fields");
  for (const key of ["from", "fields"]) {
    if (!found.has(key)) notes.note("mapping-key-missing", { key, where: part.what }, at);
  }
  const from = tableAt(found.get("from"), `${part.what}.from`, { schemas, notes });
  const [table, code] = codedTable(fields, part, of);
  const relations = {
    joins: readJoins(found.get("join"), part.what, { schemas, notes }),
    where: readConditions(found.get("where"), part.what, notes),
  };
  const flags = {
    distinct: isSet(found.get("distinct"), part, notes),
    unique: isSet(found.get("unique"), part, notes),
  };
  const latest = found.get("latest");
  const greatest =
    latest === undefined
      ? null
      : readExpression({ node: latest.value, what: `${part.what}.latest` }, notes);
  refuseBeside(found, part, notes);
  if (table === null) return null;
  const read = readFields(fields, part, { of, table, code });
  if (from === null) return null;
  return {
    table,
    selection: { at, from, ...relations, ...flags, latest: greatest, fields: read },
  };
}

/** Both look at the table alone: which rows they leave out must not depend on others. */
function refuseBeside(found: ReadonlyMap<string, YamlEntry>, { what }: Part, notes: Notes): void {
  const others = [
    ["unique", ["join", "where"]],
    ["latest", ["join"]],
  ] as const;
  for (const [key, beside] of others) {
    const at = found.get(key)?.at;
    if (at !== undefined && beside.some((name) => found.has(name))) {
      const wanted = `without ${beside.join(" and ")}: a view in the database can do both`;
      notes.note("mapping-value", { what: `${what}.${key}`, wanted }, at);
    }
  }
}

function tableAt(
  entry: YamlEntry | undefined,
  what: string,
  context: { readonly schemas: Schemas; readonly notes: Notes },
) {
  return entry === undefined ? null : readTableName({ node: entry.value, what }, context);
}

function isSet(entry: YamlEntry | undefined, { what }: Part, notes: Notes): boolean {
  if (entry === undefined) return false;
  const { value: node } = entry;
  if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
  wrong({ node, what: `${what}.${entry.key}` }, "true or false", notes);
  return false;
}

/** The contract table that rows of the code's system are in, and the expression of the code. */
function codedTable(
  fields: YamlEntry | undefined,
  part: Part,
  { table, context: { notes } }: Of,
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

function readFields(
  entry: YamlEntry | undefined,
  part: Part,
  {
    of: { context, table: named },
    table,
    code = null,
  }: { readonly of: Of; readonly table: ContractTable; readonly code?: Expression | null },
): ReadonlyMap<string, Expression> {
  const { notes } = context;
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

/** Where a part stands that nobody wrote. */
export const START: YamlMark = { line: 1, column: 1 };
