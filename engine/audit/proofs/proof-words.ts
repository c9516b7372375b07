/** A proof in words: which figures of which files, and what follows. */
import type { AuditedCell, AuditProof } from "../audit-result.ts";
import { figureName } from "../describe/figure-name.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";

export interface NamedProof {
  readonly id: string;
  readonly proof: AuditProof;
  /** The fewest that tell it. */
  readonly tables: readonly PublishedTable[];
  /** Whether what they show beside it is not needed. */
  readonly isBare: boolean;
}

export interface Told {
  /** The fewest that tell it. */
  readonly tables: readonly PublishedTable[];
  /** Whether bounds alone tell, without looking at cases. */
  readonly isDirect: boolean;
  readonly usesFacts: boolean;
}

export function proofOf(leak: AuditedCell, { tables, isDirect, usesFacts }: Told): AuditProof {
  const steps = tables.flatMap((table) =>
    table.columns
      .filter(({ name }) => isOfProof(name, table, leak))
      .map((column) => ({ says: saysOf(table, column), from: figuresOf(table, column) })),
  );
  const kind = !isDirect ? "cases" : tables.length <= 2 && !usesFacts ? "sum" : "chain";
  const all = [...new Set(steps.flatMap(({ from }) => from))];
  const [last, blanks] = [conclusionOf(leak, kind), leak.figures];
  return { kind, figures: all, steps: [...steps, { says: last, from: [...blanks] }] };
}

/** Of a table with the counted column that one; of any other whatever it shows. */
function isOfProof(name: string, { columns }: PublishedTable, { quantity, without }: AuditedCell) {
  const own = [quantity, without];
  return own.includes(name) || !columns.some((column) => own.includes(column.name));
}

function saysOf({ file, date, rows }: PublishedTable, { name, numbers }: PrintedColumn): string {
  const shown = numbers.filter((number) => number !== null);
  const hidden = numbers.length - shown.length;
  const sum = shown.reduce((all, each) => all + each, 0);
  const where = `${file}, ${date}: ${name}`;
  if (rows.length === 1) return `${where} is ${hidden === 1 ? "hidden" : sum}`;
  const rest = hidden === 0 ? "none is hidden" : `${hidden} ${hidden === 1 ? "is" : "are"} hidden`;
  return `${where} adds up to ${sum} in the ${shown.length === 1 ? "1 row that shows it" : `${shown.length} rows that show it`}; ${rest}`;
}

/** Rows that show 0 add nothing. */
function figuresOf(table: PublishedTable, { name, numbers }: PrintedColumn): readonly string[] {
  return numbers.flatMap((number, at) => (number === 0 ? [] : [figureName(table, name, at)]));
}

function conclusionOf({ min, max, values, verdict }: AuditedCell, kind: string): string {
  const what =
    values?.join(" or ") ??
    (verdict === "exact" ? String(min) : `${min} to ${max ?? "any number"}`);
  const how = kind === "cases" ? "In every way in which these can be hidden" : "With their sums";
  return `${how}, what is left is ${what}`;
}
