/** A column that a reader could see in a text. */

export interface TextColumn {
  /** Null where nothing names it. */
  readonly name: string | null;
  /** Without the name. */
  readonly values: readonly string[];
}

const MOST_COLUMNS = 5_000;

/** The first row may be names or not: it counts as names, and as nothing else. */
export function columnsOf(rows: readonly (readonly string[])[]): readonly TextColumn[] {
  const [header = [], ...body] = rows;
  const columns: string[][] = [];
  for (const row of body) {
    for (let i = 0; i < Math.min(row.length, MOST_COLUMNS); i++) {
      (columns[i] ??= []).push(row[i] ?? "");
    }
  }
  return columns.map((values, i) => ({ name: header[i]?.trim() ?? null, values }));
}
