/** Patients in ranges of ids with about as many in each. */
import { fail } from "../problems.ts";
import { columnsOf } from "../../schema/provision.ts";
import type { Provider } from "../../schema/provision.ts";
import { renderTable } from "../../sql/render-table.ts";
import type { PatientRange } from "../../sql/render-table.ts";
import { sql } from "../../text/sql.ts";
import type { Records } from "./records.ts";
import type { SmallRow } from "./session.ts";

/** Of whole numbers of 64 bits. */
const GREATEST = 2n ** 63n - 1n;

/** `null` alone where all fit in one. Problem: patients-without-id. */
export async function patientRanges(
  { session, dialect, provider }: Records,
  atOnce: number,
): Promise<readonly PatientRange[]> {
  const patients = renderTable("patients", ["patient_id"], {
    provider,
    dialect,
    range: null,
  });
  const [counted] = await session.rows(
    sql`SELECT count(*) AS n, count(p.patient_id) AS known FROM (${patients}) p`,
  );
  const count = Number(counted?.["n"]);
  const unknown = count - Number(counted?.["known"]);
  if (unknown > 0) fail("patients-without-id", { count: unknown, ...idColumn(provider) });
  if (count <= atOnce) return [null];
  const parts = Math.ceil(count / atOnce);
  const numbered = sql`SELECT p.patient_id, ntile(${parts}) OVER (ORDER BY p.patient_id) AS n FROM (${patients}) p`;
  const bounds = await session.rows(
    sql`SELECT min(q.patient_id) AS low, max(q.patient_id) AS high FROM (${numbered}) q GROUP BY q.n ORDER BY q.n`,
  );
  // Open at both ends: a file can hold patients that the database does not know.
  return bounds.map(({ low, high }, i) => [
    i === 0 ? -GREATEST : BigInt(String(low)),
    i === bounds.length - 1 ? GREATEST : nextLow(bounds, i, BigInt(String(high))),
  ]);
}

function idColumn({ provides }: Provider): { readonly table: string; readonly column: string } {
  const [selection] = provides.patients ?? [];
  const id = selection?.fields["patient_id"];
  const [, column = "patient_id"] = (id === undefined ? [] : columnsOf(id))[0] ?? [];
  return { table: selection?.table ?? "patients", column };
}

/** As sessions give a whole number. */
type SentId = bigint | number | string;

/** Up to the next range, so that no id falls between two. */
function nextLow(bounds: readonly SmallRow[], i: number, high: bigint): bigint {
  const next = bounds[i + 1]?.["low"] as SentId | undefined;
  return next === undefined ? high : BigInt(next) - 1n;
}
