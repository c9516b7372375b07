/**
 * One flat list of columns out of nested definitions: hidden columns before their owner, implied date
 * columns right after theirs. One namespace for all, the population's too.
 */
import { problem } from "../problems.ts";
import type { ColumnDefinition, Expectations, StudyDefinition } from "../model.ts";
import type { Checking, Draft } from "./draft.ts";
import { nameLiteralSources } from "./literal-sources.ts";
import { normaliseArgs } from "./normalise-args.ts";

const RESERVED = new Set(["population", "patient_id", "index_date", "default_expectations"]);

interface FlatStudy {
  readonly drafts: readonly Draft[];
  /** Visible columns in file order. */
  readonly output: readonly string[];
}

interface Flattening {
  readonly checking: Checking;
  readonly drafts: Map<string, Draft>;
  /** Columns that came from a date flag, and the column that has the flag. */
  readonly impliedBy: Map<string, string>;
}

export function flattenColumns(definition: StudyDefinition, checking: Checking): FlatStudy {
  const flattening: Flattening = { checking, drafts: new Map(), impliedBy: new Map() };
  for (const name of definition.column_order) {
    const column = definition.columns[name];
    if (column === undefined) continue;
    if (isFree(name, column, checking)) addColumn(flattening, name, column, false);
  }
  addColumn(flattening, "population", definition.population, true);
  const drafts = [...flattening.drafts.values()];
  return { drafts, output: drafts.filter(({ hidden }) => !hidden).map(({ name }) => name) };
}

function addColumn(
  flattening: Flattening,
  name: string,
  column: ColumnDefinition,
  hidden: boolean,
): void {
  const { checking, drafts } = flattening;
  const extras = (column.args["extra_columns"] ?? {}) as Record<string, ColumnDefinition>;
  for (const [extraName, extra] of Object.entries(extras)) {
    if (isFree(extraName, extra, checking)) addColumn(flattening, extraName, extra, true);
  }
  const { literals, draft } = nameLiteralSources(draftOf(name, column, hidden, checking), drafts);
  for (const literal of literals) addDraft(flattening, literal, "as a literal date");
  addDraft(flattening, draft, hidden ? "inside another column" : "among the columns");
  for (const implied of impliedColumns(draft)) {
    addDraft(flattening, implied, `by the date flag of ${JSON.stringify(name)}`);
    if (drafts.get(implied.name) === implied) flattening.impliedBy.set(implied.name, name);
  }
}

/** What the author defines later takes the place of a column that a date flag implied, as it always did. */
function addDraft(flattening: Flattening, draft: Draft, origin: string): void {
  const { checking, drafts, impliedBy } = flattening;
  const flagged = impliedBy.get(draft.name);
  if (!drafts.has(draft.name) || flagged !== undefined) drafts.set(draft.name, draft);
  if (flagged !== undefined) {
    impliedBy.delete(draft.name);
    const facts = { study: checking.study, column: draft.name, flagged };
    checking.warn(problem("implied-column-replaced", facts, draft.place));
  }
  if (drafts.get(draft.name) === draft) return;
  const facts = { study: checking.study, column: draft.name, origin };
  checking.report(problem("duplicate-column", facts, draft.place));
}

function isFree(name: string, column: ColumnDefinition, checking: Checking): boolean {
  if (!RESERVED.has(name)) return true;
  const facts = { study: checking.study, column: name };
  checking.report(problem("reserved-column-name", facts, column.place));
  return false;
}

function draftOf(
  name: string,
  column: ColumnDefinition,
  hidden: boolean,
  checking: Checking,
): Draft {
  const expectations = expectationsOf(column);
  const bare = { name, function: column.function, args: column.args, hidden, expectations };
  const draft = column.place === undefined ? bare : { ...bare, place: column.place };
  return { ...draft, args: normaliseArgs(draft, checking) };
}

function expectationsOf(column: ColumnDefinition): Expectations | null {
  return column.args["return_expectations"] ?? null;
}

/**
 * The date columns that `include_date_of_match` (NAME_date) and `include_measurement_date`
 * (NAME_date_measured) stand for; they inherit format, expectations and hiddenness.
 */
function impliedColumns(draft: Draft): readonly Draft[] {
  return [
    ...(draft.args["include_date_of_match"] === true ? [dateOf(draft, "_date")] : []),
    ...(draft.args["include_measurement_date"] === true ? [dateOf(draft, "_date_measured")] : []),
  ];
}

function dateOf(source: Draft, suffix: string): Draft {
  const format = source.args["date_format"];
  const args = { source: source.name, ...(format === undefined ? {} : { date_format: format }) };
  return { ...source, name: `${source.name}${suffix}`, function: "date_of", args };
}
