/** From the text of a mapping file to what it says, with every problem of its shape. */
import type { Problem } from "../../base/problems.ts";
import { DECEPTIVE } from "../../base/visible-text.ts";
import { hiddenPlace } from "../../base/yaml-hidden.ts";
import type { YamlEntry, YamlNode } from "../../base/yaml-node.ts";
import { readYamlTree } from "../../base/yaml-tree.ts";
import { functionNames } from "../../definition/function-table.ts";
import { bases, omopVersionOf } from "./mapping.ts";
import type { Base, Mapping } from "./mapping.ts";
import { OMOP_KEYS, readOmop, refuseOmopKeys } from "./read-omop.ts";
import { readTables, START } from "./read-tables.ts";
import { entriesOf, knownEntries, Notes, noteUnknown, textOf, wordOf, wrong } from "./shape.ts";

export interface ReadMapping {
  /** Null where nothing of it can be understood. */
  readonly mapping: Mapping | null;
  /** In the order of the text; without any the mapping is whole. */
  readonly problems: readonly Problem[];
}

/** A mapping of every table with every field is a hundredth of it. */
export const MOST_BYTES = 1_048_576;

const KEYS = ["based_on", "schemas", "tables", "refuse", ...OMOP_KEYS];
const UNSEEN = "a character that cannot be seen";

export function readMapping(text: string, file: string): ReadMapping {
  const notes = new Notes(file);
  const root = rootOf(text, notes);
  const mapping = root === null ? null : mappingOf(root, notes);
  // One that is misspelt is told already.
  if (root !== null && mapping?.basedOn === "nothing" && notes.inOrder().length === 0)
    if (!mapping.tables.has("patients"))
      notes.note("mapping-key-missing", { key: "patients", where: "tables" }, root.at);
  return { mapping, problems: notes.inOrder() };
}

function rootOf(text: string, notes: Notes): YamlNode | null {
  const hidden = text.search(DECEPTIVE);
  if (hidden !== -1) {
    const before = text.slice(0, hidden).split("\n");
    const at = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
    notes.note("mapping-syntax", { detail: UNSEEN }, at);
    return null;
  }
  const { root, faults } = readYamlTree(text);
  for (const { kind, at, detail } of faults) {
    notes.note("mapping-syntax", { detail: faultText(kind, detail) }, at);
  }
  const unseen = root === null ? null : hiddenPlace(root);
  if (unseen !== null) notes.note("mapping-syntax", { detail: UNSEEN }, unseen);
  if (root === null && faults.length === 0)
    notes.note("mapping-syntax", { detail: "it is empty" }, START);
  return faults.length > 0 || unseen !== null ? null : root;
}

function faultText(kind: string, detail: string): string {
  switch (kind) {
    case "tab":
      return "a tab stands for indentation; use spaces";
    case "repeated-key":
      return `duplicate key ${JSON.stringify(detail)}`;
    case "alias":
    case "tag":
      return `${kind} ${detail}`;
    case "documents":
      return "there is a second document";
    default:
      return detail;
  }
}

function mappingOf(root: YamlNode, notes: Notes): Mapping {
  const part = { node: root, what: "the mapping file" };
  const found = knownEntries(part, KEYS, notes);
  const base = baseOf(found.get("based_on"), notes);
  const basedOn = base ?? "nothing";
  const version = omopVersionOf(basedOn);
  // What nobody changes is as it is in OMOP.
  for (const key of version === null ? ["based_on", "tables"] : ["based_on"]) {
    if (!found.has(key) && root.kind === "map")
      notes.note("mapping-key-missing", { key, where: "The mapping file" }, root.at);
  }
  if (base !== null && version === null) refuseOmopKeys(found, notes);
  const schemas = schemasOf(found.get("schemas"), notes);
  const tables = found.get("tables");
  return {
    file: notes.file,
    basedOn,
    schemas,
    omop: version === null ? null : readOmop(found, version, notes),
    tables:
      tables === undefined
        ? new Map()
        : readTables({ node: tables.value, what: "tables" }, { basedOn, schemas, notes }),
    refuse: refusalsOf(found.get("refuse"), notes),
  };
}

function baseOf(entry: YamlEntry | undefined, notes: Notes): Base | null {
  if (entry === undefined) return null;
  const name = wordOf({ node: entry.value, what: "based_on" }, notes);
  const base = bases.find((each) => each === name);
  if (base !== undefined || name === null) return base ?? null;
  noteUnknown("The base", { key: name, at: entry.value.at }, bases, notes);
  return null;
}

function schemasOf(entry: YamlEntry | undefined, notes: Notes): ReadonlyMap<string, string> {
  const schemas = new Map<string, string>();
  if (entry === undefined) return schemas;
  for (const { key, value } of entriesOf({ node: entry.value, what: "schemas" }, notes)) {
    const part = { node: value, what: `schemas.${key}` };
    const name = textOf(part, notes);
    if (name?.includes(".") === true) wrong(part, "a name without a point", notes);
    else if (name !== null) schemas.set(key, name);
  }
  return schemas;
}

function refusalsOf(entry: YamlEntry | undefined, notes: Notes): ReadonlyMap<string, string> {
  const refusals = new Map<string, string>();
  if (entry === undefined) return refusals;
  for (const each of entriesOf({ node: entry.value, what: "refuse" }, notes)) {
    const isKnown = functionNames.some((name) => name === each.key);
    if (!isKnown) noteUnknown("The function", each, functionNames, notes);
    const reason = textOf({ node: each.value, what: `refuse.${each.key}` }, notes);
    if (isKnown && reason !== null) refusals.set(each.key, reason);
  }
  return refusals;
}
