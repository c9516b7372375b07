/** Problems of mapping files: what stands in them, and what the database has of it. */
import { kind } from "../../base/problem-kind.ts";
import { problemsOf } from "../../base/problems.ts";
import { nearestHint, quotedList, someNames } from "../../base/wording.ts";

interface Unknown {
  readonly name: string;
  readonly nearest: readonly string[];
}

const LONGEST = 80;
/** More than these are shown only where none is near. */
const MOST_KNOWN = 12;

/** Quoted, and cut where nobody would read on. */
function quoted(name: string): string {
  return JSON.stringify(name.length <= LONGEST ? name : `${name.slice(0, LONGEST)}…`);
}

const shapeProblems = {
  "mapping-missing": kind<{ readonly file: string }>(
    1,
    ({ file }) => `There is no mapping file ${quoted(file)}`,
    () =>
      "Paths begin in the folder of the study. To write a first one: cohortline init --records URL.",
  ),
  "mapping-syntax": kind<{ readonly detail: string }>(
    1,
    ({ detail }) => `The mapping file cannot be read: ${detail}`,
    () => "Check indentation, quotes and brackets around this line.",
  ),
  "mapping-unknown": kind<Unknown & { readonly what: string; readonly known: readonly string[] }>(
    1,
    ({ what, name }) => `${what} ${quoted(name)} is not known`,
    ({ nearest, known }) => {
      const isShort = known.length > 0 && (known.length <= MOST_KNOWN || nearest.length === 0);
      const all = isShort ? `Known: ${quotedList(known)}.` : "";
      return [nearestHint(nearest), all].filter((text) => text !== "").join(" ");
    },
  ),
  "mapping-key-missing": kind<{ readonly key: string; readonly where: string }>(
    1,
    ({ key, where }) => `${where} has no ${key}`,
    ({ key }) => `Add ${key}: to it.`,
  ),
  "mapping-value": kind<{ readonly what: string; readonly wanted: string }>(
    1,
    ({ what, wanted }) => `${what} must be ${wanted}`,
  ),
  "mapping-expression-type": kind<{
    readonly field: string;
    readonly gives: string;
    readonly wanted: string;
  }>(
    1,
    ({ field, gives, wanted }) => `${field} must hold ${wanted}; this gives ${gives}`,
    () => "engine/schema/mapping/README.md lists what each expression takes and gives.",
  ),
  "mapping-uneven": kind<{ readonly table: string; readonly field: string }>(
    1,
    ({ table, field }) =>
      `One selection of ${table} gives ${JSON.stringify(field)}, and this one does not`,
    ({ field }) => `If its rows have none, say so: ${field}: missing.`,
  ),
  "mapping-opt-outs": kind<object>(
    1,
    () => "A mapping file cannot change who opted out of a TPP database",
    () => "Remove patients_not_opted_out: it is read as the database has it.",
  ),
} as const;

const catalogueProblems = {
  "mapping-table-missing": kind<Unknown>(
    1,
    ({ name }) => `The database has no table ${quoted(name)}`,
    ({ nearest }) =>
      nearestHint(nearest) ||
      "Check the schema too: schema.table, or the table alone where names without a schema are found.",
  ),
  "mapping-column-missing": kind<
    Unknown & { readonly table: string; readonly known: readonly string[] }
  >(
    1,
    ({ table, name }) => `The table ${quoted(table)} has no column ${quoted(name)}`,
    ({ nearest, known }) =>
      nearest.length > 0 ? nearestHint(nearest) : `It has ${someNames(known, MOST_KNOWN)}.`,
  ),
  "mapping-column-alike": kind<{ readonly table: string; readonly names: readonly string[] }>(
    1,
    ({ table, names }) =>
      `The table ${quoted(table)} has columns that differ in letter case alone: ${quotedList(names)}`,
    () => "Make a view in which they have different names, and name the view here.",
  ),
  "mapping-column-type": kind<{
    readonly table: string;
    readonly column: string;
    readonly type: string;
    readonly wanted: string;
    readonly wayOut: string;
  }>(
    1,
    ({ table, column, type, wanted }) =>
      `The column ${quoted(column)} of the table ${quoted(table)} holds ${type}; here it must hold ${wanted}`,
    ({ wayOut }) => wayOut,
  ),
  "mapping-join-types": kind<{
    readonly columns: readonly [string, string];
    readonly types: readonly [string, string];
  }>(
    1,
    ({ columns: [one, other], types: [first, second] }) =>
      `${quoted(one)} and ${quoted(other)} cannot be joined: one holds ${first}, the other ${second}`,
    () => "Join columns of one type; a view can bring one to the type of the other.",
  ),
} as const;

export const mappingProblems = { ...shapeProblems, ...catalogueProblems } as const;

export const { fail, problem } = problemsOf(mappingProblems);
