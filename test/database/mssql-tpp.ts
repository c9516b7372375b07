/** What a SQL Server with records of TPP says of its tables. */
import type { PhysicalKind } from "../../engine/schema/physical-table.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import type { BatchAnswer } from "./tds-server.ts";

const types: { readonly [K in PhysicalKind]: string } = {
  int: "bigint",
  long: "bigint",
  real: "real",
  bit: "bit",
  text: "varchar",
  date: "date",
  datetime: "datetime",
};

/** Null for a batch that asks for something else. `pages` are code pages of columns. */
export function tablesTold(
  batch: string,
  pages: Readonly<Record<string, number>> = {},
): BatchAnswer | null {
  if (!batch.includes("INFORMATION_SCHEMA")) return null;
  const columns = ["t", "c", "d", "p"].map((name) => ({ name, kind: "nvarchar" as const }));
  const rows = Object.entries(tpp.tables).flatMap(([table, kinds]) =>
    Object.entries(kinds).map(([name, kind]) => [table, name, types[kind], pages[name] ?? null]),
  );
  return { columns, rows };
}
