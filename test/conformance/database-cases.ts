/** tpp_misc/: facts about databases that are not about SQL Server itself. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { takeOptOutOption } from "../../engine/backend/database/opt-out-option.ts";
import { withRecords } from "../../engine/backend/connect.ts";
import {
  buildsIn,
  isInMaintenance,
  usualTriggers,
} from "../../engine/backend/database/maintenance.ts";
import { readBatches } from "../../engine/backend/database/read-batches.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import type { CohortSchema } from "../../engine/table/cohort-schema.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { writeRecordsDatabase } from "../database/records-database.ts";
import type { Records } from "../naive/row.ts";
import { expectEqual, expectProblem, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";
import { inScratchFolder } from "./scratch-folder.ts";
import { joinSql, sql, trustedSql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

async function inMemory(act: (db: DuckDb) => Promise<void>): Promise<void> {
  const db = await openDuckDb();
  try {
    await act(db);
  } finally {
    db.close();
  }
}

interface BuildStep {
  readonly tables: Records;
  readonly expect: { readonly in_maintenance_mode: boolean };
}

/** States of one database, one after the other. */
export async function maintenanceCase(recorded: Recorded): Promise<void> {
  for (const [i, { tables, expect }] of (recorded["steps"] as readonly BuildStep[]).entries()) {
    await inScratchFolder(async (folder) => {
      await writeRecordsDatabase(join(folder, "records.duckdb"), tables);
      const builds = await withRecords("duckdb:records.duckdb", { workspace: folder }, buildsIn);
      expectEqual(
        isInMaintenance(builds, usualTriggers),
        expect.in_maintenance_mode,
        `step ${i + 1}`,
      );
    });
  }
}

const idAndFoo: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "foo", type: "int" },
];

const asTheyAre = { numbered: null, tidy: null };

/** A problem, as recorded; but no file is left behind. */
export async function duplicateIdsCase(recorded: Recorded): Promise<void> {
  const rows = recorded["query_rows"] as readonly { patient_id: number; foo: number }[];
  const values = rows.map((row) => sql`(${row.patient_id}::DOUBLE, ${row.foo}::DOUBLE)`);
  const query = sql`SELECT * FROM (VALUES ${joinSql(values, ", ")}) v(patient_id, foo) ORDER BY patient_id`;
  await inScratchFolder((folder) =>
    inMemory(async (db) => {
      const path = join(folder, "cohort.csv");
      const batches = readBatches(db.chunks(query), idAndFoo, () => asTheyAre);
      await expectProblem({}, () =>
        writeCohort({ path, format: "csv", schema: idAndFoo, batches }),
      );
      if (existsSync(path)) mismatch("the file is there all the same");
    }),
  );
}

interface LikeStep {
  readonly text: string;
  readonly fragment: string;
  readonly matches: boolean;
}

/** Is the fragment, as it stands, in the text? */
export async function likeCase(recorded: Recorded): Promise<void> {
  await inMemory(async (db) => {
    for (const { text, fragment, matches } of recorded["cases"] as readonly LikeStep[]) {
      const found = duckdb.contains(duckdb.text(text), duckdb.text(fragment));
      const [row] = await db.rows(sql`SELECT ${found} AS found`);
      expectEqual(row?.["found"], matches, `${fragment} in ${text}`);
    }
  });
}

interface QuoteStep {
  readonly args: { readonly value: string | number };
  readonly expect: string;
}

/** What we write for a value, and what was recorded for it, must be read as that value. */
export async function quoteCase(recorded: Recorded): Promise<void> {
  await inMemory(async (db) => {
    for (const { args, expect } of recorded["cases"] as readonly QuoteStep[]) {
      for (const written of [literalOf(args.value), trustedSql(expect)]) {
        const [row] = await db.rows(sql`SELECT ${written} AS given`);
        const given = row?.["given"];
        expectEqual(
          typeof args.value === "number" ? Number(given) : given,
          args.value,
          written.toString(),
        );
      }
    }
  });
}

function literalOf(value: string | number): Sql {
  if (typeof value === "string") return duckdb.text(value);
  return Number.isInteger(value) ? duckdb.integer(value) : duckdb.float(value);
}

interface DsnStep {
  readonly args: { readonly dsn: string };
  readonly expect?: unknown;
  readonly expect_error?: unknown;
}

export async function optOutCase(recorded: Recorded): Promise<void> {
  for (const { args, expect, expect_error: error } of recorded["cases"] as readonly DsnStep[]) {
    const act = () => takeOptOutOption(args.dsn);
    if (error !== undefined) {
      await expectProblem(error, act);
      continue;
    }
    const { url, includeOptedOut } = act();
    expectEqual({ database_url: url, include_t1oo: includeOptedOut }, expect, args.dsn);
  }
}
