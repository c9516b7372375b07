/** The tables of a mapping file: each a selection or several, or some fields of what the file is based on. */
import type { YamlEntry, YamlMark, YamlNode } from "../../base/yaml-node.ts";
import type { ContractTable } from "../contract.ts";
import { spokenTable, systemsOf } from "./coded-tables.ts";
import { omopVersionOf } from "./mapping.ts";
import type { Base, ChangedSelection, MappedSelection, MappedTable } from "./mapping.ts";
import { readExpression } from "./read-expression.ts";
import { codedTable, readFields } from "./read-fields.ts";
import { readConditions, readJoins, readTableName } from "./read-relations.ts";
import type { Schemas } from "./read-relations.ts";
import { entriesOf, isTrue, itemsOf, knownEntries, noteUnknown, textOf } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";
import { conceptTableNames, isContractTable, namesOf } from "./table-names.ts";

export interface TablesContext {
  readonly basedOn: Base;
  readonly schemas: Schemas;
  readonly notes: Notes;
}

type Tables = Map<ContractTable, MappedTable>;

const MOST_SELECTIONS = 100;
const KEYS = ["from", "join", "where", "distinct", "unique", "latest", "fields"];
const CHANGED_KEYS = ["of", "join", "where", "fields"];

export function readTables(part: Part, context: TablesContext): Tables {
  const tables: Tables = new Map();
  for (const entry of entriesOf(part, context.notes)) readTable(entry, tables, context);
  return tables;
}

function readTable({ key, at, value }: YamlEntry, tables: Tables, context: TablesContext): void {
  const { notes, basedOn } = context;
  if (!isTableOf(basedOn, key)) {
    noteNoTable({ key, at }, context);
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
  if (basedOn !== "nothing" && isContractTable(key) && isChange(value)) {
    const each = value.kind === "list" ? value.items : [value];
    const by = each.map((node) => readChange({ node, what }, { table: key, context }));
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

/** Tables of one system of codes go by their own names too, where a base has them. */
function isTableOf(base: Base, key: string): boolean {
  if (omopVersionOf(base) !== null) return namesOf(base).includes(key);
  return key === "events" || (isContractTable(key) && !conceptTableNames.includes(key));
}

function noteNoTable({ key, at }: Pick<YamlEntry, "key" | "at">, context: TablesContext): void {
  const { notes, basedOn } = context;
  const isCoded = systemsOf(key) !== null || (isContractTable(key) && spokenTable(key) !== key);
  if (omopVersionOf(basedOn) === null || !isCoded) {
    noteUnknown("The table", { key, at }, namesOf(basedOn), notes);
    return;
  }
  const own = key.includes("medications") ? "concept_medications" : "concept_events";
  const wanted = `${own}: records based on OMOP have concepts in the place of codes`;
  notes.note("mapping-value", { what: `tables.${key}`, wanted }, at);
}

/** Lines of a table that the base has, and not a table of the file's own. */
function isChange(value: YamlNode): boolean {
  if (value.kind === "list") return value.items.length > 0 && value.items.every(isChange);
  return value.kind === "map" && !value.entries.some((entry) => entry.key === "from");
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

function readChange(
  part: Part,
  { table, context }: Of & { readonly table: ContractTable },
): ChangedSelection {
  const { notes, schemas } = context;
  const found = knownEntries(part, CHANGED_KEYS, notes);
  const of = found.get("of");
  return {
    at: part.node.at,
    of: of === undefined ? null : textOf({ node: of.value, what: `${part.what}.of` }, notes),
    joins: readJoins(found.get("join"), part.what, { schemas, notes }),
    where: readConditions(found.get("where"), part.what, notes),
    fields: readFields(found.get("fields"), part, { of: { table, notes }, table }),
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
  const named = { table: of.table, notes };
  const [table, code] = codedTable(fields, part, named);
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
  const read = readFields(fields, part, { of: named, table, code });
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
  const part = entry === undefined ? null : { node: entry.value, what: `${what}.${entry.key}` };
  return part !== null && isTrue(part, notes) === true;
}

/** Where a part stands that nobody wrote. */
export const START: YamlMark = { line: 1, column: 1 };
