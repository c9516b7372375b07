/** What a selection of a mapping file is from: tables, joins and conditions. */
import type { YamlEntry } from "../../base/yaml-node.ts";
import type { MappedCondition, MappedJoin, TableName } from "./mapping.ts";
import { readColumnName } from "./read-expression.ts";
import { entriesOf, itemsOf, knownEntries, textOf, wrong } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

export type Schemas = ReadonlyMap<string, string>;

interface Context {
  readonly schemas: Schemas;
  readonly notes: Notes;
}

const MOST_JOINS = 20;
const MOST_VALUES = 10_000;

/** `table` or `schema.table`; the schema may be one that the file gives a name. */
export function readTableName({ node, what }: Part, { schemas, notes }: Context): TableName | null {
  const text = textOf({ node, what }, notes);
  if (text === null) return null;
  const [first = "", second, ...more] = text.split(".");
  if (first === "" || second === "" || more.length > 0)
    return wrong({ node, what }, "a table, or schema.table: two names and a point", notes);
  const name = second === undefined ? first : `${schemas.get(first) ?? first}.${second}`;
  return { at: node.at, name };
}

export function readJoins(
  entry: YamlEntry | undefined,
  what: string,
  context: Context,
): readonly MappedJoin[] {
  if (entry === undefined) return [];
  const { value: node } = entry;
  const all = node.kind === "list" ? itemsOf({ node, what }, MOST_JOINS, context.notes) : [node];
  return all.flatMap((each) => readJoin({ node: each, what: `${what}.join` }, context) ?? []);
}

const KEYS = ["table", "as", "on", "kind"];

function readJoin(part: Part, context: Context): MappedJoin | null {
  const { notes } = context;
  const found = knownEntries(part, KEYS, notes);
  if (part.node.kind !== "map") return null;
  for (const key of ["table", "on", "kind"]) {
    if (!found.has(key)) notes.note("mapping-key-missing", { key, where: part.what }, part.node.at);
  }
  const named = found.get("table");
  const table =
    named === undefined
      ? null
      : readTableName({ node: named.value, what: `${part.what}.table` }, context);
  const kind = kindOf(found.get("kind"), part, notes);
  const on = readPairs(found.get("on"), part, notes);
  const given = found.get("as");
  const as =
    given === undefined
      ? (table?.name.split(".").at(-1) ?? null)
      : textOf({ node: given.value, what: `${part.what}.as` }, notes);
  const isWhole = table !== null && kind !== null && as !== null && on.length > 0;
  return isWhole ? { at: part.node.at, table, as, kind, on } : null;
}

/** Nothing is guessed: an inner join leaves rows out, a left one keeps them. */
function kindOf(entry: YamlEntry | undefined, part: Part, notes: Notes): MappedJoin["kind"] | null {
  if (entry === undefined) return null;
  const { value: node } = entry;
  const said = node.kind === "scalar" ? node.value : null;
  if (said === "inner" || said === "left") return said;
  return wrong({ node, what: `${part.what}.kind` }, "inner or left", notes);
}

function readPairs(entry: YamlEntry | undefined, part: Part, notes: Notes): MappedJoin["on"] {
  if (entry === undefined) return [];
  const what = `${part.what}.on`;
  return entriesOf({ node: entry.value, what }, notes).flatMap(({ key, at, value }) => {
    const left = readColumnName(
      { node: { kind: "scalar", at, value: key, text: key }, what },
      notes,
    );
    const right = readColumnName({ node: value, what }, notes);
    return left === null || right === null ? [] : [[left, right] as const];
  });
}

export function readConditions(
  entry: YamlEntry | undefined,
  what: string,
  notes: Notes,
): readonly MappedCondition[] {
  if (entry === undefined) return [];
  const where = `${what}.where`;
  return entriesOf({ node: entry.value, what: where }, notes).flatMap(({ key, at, value }) => {
    const named = { kind: "scalar", at, value: key, text: key } as const;
    const column = readColumnName({ node: named, what: where }, notes);
    const part = { node: value, what: `${where}.${key}` };
    const nodes = value.kind === "list" ? itemsOf(part, MOST_VALUES, notes) : [value];
    const is = nodes.flatMap((node) => {
      const held = node.kind === "scalar" ? node.value : null;
      const isWhole = typeof held !== "number" || Number.isSafeInteger(held);
      if (held !== null && isWhole) return [held];
      wrong(
        { node, what: part.what },
        "a text, a whole number, true or false, or a list of them",
        notes,
      );
      return [];
    });
    return column === null || is.length === 0 ? [] : [{ column, is }];
  });
}
