/** Tables as a kind of database holds them, before they are given the names of the field. */

/**
 * What a column must hold; a check accepts every database type of the kind. A `long` is a whole number of 64 bits that
 * stands for a code: it is never counted with, nor written to a file as a number.
 */
export type PhysicalKind = "int" | "long" | "real" | "bit" | "text" | "date" | "datetime";

export type PhysicalTable = Readonly<Record<string, PhysicalKind>>;

export type PhysicalTables = Readonly<Record<string, PhysicalTable>>;

/** Columns by kind, names separated by spaces. */
export function columns(byKind: { readonly [Kind in PhysicalKind]?: string }): PhysicalTable {
  const table: Record<string, PhysicalKind> = {};
  for (const [kind, names] of Object.entries(byKind)) {
    for (const name of names.trim().split(/\s+/)) table[name] = kind as PhysicalKind;
  }
  return table;
}
