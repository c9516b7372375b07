/** Numbers as SQL Server works them out. */
import { joinSql, sql, trustedSql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** To the nearest, halves to the even one, as the other databases do it: a cast cuts off, ROUND goes away from zero. */
export function nearest(of: Sql): Sql {
  const even = sql`CAST(2 * ROUND(${of} / 2e0, 0) AS bigint)`;
  return sql`CASE WHEN ${of} - FLOOR(${of}) = 0.5 THEN ${even} ELSE CAST(ROUND(${of}, 0) AS bigint) END`;
}

/**
 * The shortest decimal that is the same 32-bit number. As a text such a number has six digits; with more they are taken
 * from its sixteen as a 64-bit one. A number of 64 bits stays as it is.
 */
export function decimal(of: Sql): Sql {
  const six = sql`CAST(CAST(${of} AS varchar(40)) AS float)`;
  const sixteen = sql`CONVERT(varchar(40), CAST(${of} AS float), 2)`;
  const end = sql`CHARINDEX('e', ${sixteen})`;
  const digits = (count: number): Sql => {
    const mantissa = sql`ROUND(CAST(LEFT(${sixteen}, ${end} - 1) AS decimal(20, 16)), ${count - 1})`;
    return sql`CAST(CONCAT(${mantissa}, SUBSTRING(${sixteen}, ${end}, 8)) AS float)`;
  };
  const tries = [six, digits(7), digits(8), digits(9)].map(
    (shown) => sql`WHEN CAST(${shown} AS real) = ${of} THEN ${shown}`,
  );
  return sql`CASE WHEN ${of} IS NULL THEN NULL ${joinSql(tries, " ")} ELSE CAST(${of} AS float) END`;
}

/** The number that the first four bytes of a checksum are. */
export function lot(patient: Sql, salt: string): Sql {
  const bytes = isPlain(salt)
    ? sql`CONCAT(${`${salt}:`}, ${patient})`
    : sql`${trustedSql(`0x${Buffer.from(`${salt}:`).toString("hex")}`)} + CAST(CAST(${patient} AS varchar(20)) AS varbinary(20))`;
  return sql`(CAST(CAST(CAST(HASHBYTES('MD5', ${bytes}) AS binary(4)) AS bigint) AS float) * 100 / 4294967296)`;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** LEAST and GREATEST are of 2022. */
export function extreme(take: "least" | "greatest", of: readonly Sql[]): Sql {
  const rows = joinSql(
    of.map((each) => sql`(${each})`),
    ", ",
  );
  return sql`(SELECT ${take === "least" ? sql`MIN` : sql`MAX`}(v.x) FROM (VALUES ${rows}) AS v(x))`;
}
