/** Small numbers that stand in a file as they are: there is nothing to work out. */
import type { AuditedCell } from "../audit-result.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";
import { figureName } from "../describe/figure-name.ts";
import type { NamedProof } from "./proof-words.ts";

export interface ShownLeaks {
  /** One for each column of a table. */
  readonly proof: NamedProof;
  readonly cells: readonly AuditedCell[];
}

/** In the order of the tables; a cell that several figures show is told by the first. */
export function shownLeaks(
  tables: readonly PublishedTable[],
  leaks: readonly AuditedCell[],
): readonly ShownLeaks[] {
  const open = new Map<string, AuditedCell>();
  for (const leak of leaks)
    if (leak.of === "cell" && leak.min === leak.max)
      for (const figure of leak.figures) open.set(figure, leak);
  return tables.flatMap((table) =>
    table.measure.rule.rounding.kind === "none" && open.size > 0
      ? table.columns.flatMap((column) => shownIn(table, column, open))
      : [],
  );
}

/** What is found is taken out of `open`. */
function shownIn(
  table: PublishedTable,
  { name, numbers }: PrintedColumn,
  open: Map<string, AuditedCell>,
): readonly ShownLeaks[] {
  const { file, date } = table;
  const found = new Map<string, AuditedCell>();
  for (const [at, number] of numbers.entries()) {
    if (number === null || number === 0) continue;
    const figure = figureName(table, name, at);
    const leak = open.get(figure);
    if (leak?.min !== number) continue;
    found.set(figure, leak);
    for (const each of leak.figures) open.delete(each);
  }
  const figures = [...found.keys()];
  const [id] = figures;
  if (id === undefined) return [];
  const says = `${file}, ${date}: ${figures.length} small ${figures.length === 1 ? "number" : "numbers"} of ${name} can be read`;
  const proof = { kind: "shown" as const, figures, steps: [{ says, from: figures }] };
  return [{ proof: { id, proof, tables: [table], isBare: true }, cells: [...found.values()] }];
}
