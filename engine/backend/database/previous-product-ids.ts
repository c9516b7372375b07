/** Ids that medicinal products had before: what dm+d codelists are completed with. */
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { renderTable } from "../../sql/render-table.ts";
import { sql } from "../../text/sql.ts";
import type { Records } from "./records.ts";

const FIELDS = ["id", "previous_id"];

/** Read only for studies that ask for medications; none where the database has no such table. */
export async function previousProductIds(
  { session, dialect, provider, tables, ready }: Records,
  { columns }: CheckedStudy,
): Promise<readonly (readonly [current: string, previous: string])[]> {
  if (!columns.some((column) => column.function === "with_these_medications")) return [];
  const provision = provider.provides.previous_product_ids;
  const needed = provision?.map(({ table }) => table.toLowerCase());
  if (needed === undefined || !needed.every((table) => tables.has(table))) return [];
  await ready([{ table: "previous_product_ids", fields: FIELDS, columns: [] }]);
  const query = renderTable("previous_product_ids", FIELDS, {
    provider,
    dialect,
    range: null,
  });
  const rows = await session.rows(sql`SELECT v.id, v.previous_id FROM (${query}) v`);
  return rows
    .filter((row) => row["id"] !== null && row["previous_id"] !== null)
    .map((row) => [String(row["id"]), String(row["previous_id"])] as const);
}
