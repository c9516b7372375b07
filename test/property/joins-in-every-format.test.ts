import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import fc from "fast-check";

import { cohortFormats } from "../../engine/base/file-names.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { cohortJoiner } from "../../engine/commands/cohort-joiner.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import type { CohortBatch } from "../../engine/table/cohort-schema.ts";
import { readTable, readWholeCohort } from "../../engine/table/read-table.ts";
import { writeTable } from "../../engine/table/write-table.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { anyCohort, anySchema } from "../measures/any-cohort.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

const scratch = scratchFolder();
let folders = 0;

type Row = readonly string[];

async function rowsOf(path: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const { cells } of readTable(path)) rows.push(cells);
  return rows;
}

/** DuckDB keeps one zero of a column for both where it lists the values of a parquet file, whichever comes first. */
function plainZeros(rows: readonly Row[]): readonly Row[] {
  return rows.map((cells) => cells.map((cell) => (cell === "-0.0" ? "0.0" : cell)));
}

/** Rows as a person would join them: looked up one by one, in the order of patients. */
function joined([header = [], ...lefts]: readonly Row[], [other = [], ...rights]: readonly Row[]) {
  const partner = new Map(rights.map(([id = "", ...cells]) => [id, cells]));
  const names = [
    ...header.slice(1).map((name) => `${name}_x`),
    ...other.slice(1).map((name) => `${name}_y`),
  ];
  const rows = [...lefts].sort(([a], [b]) => Number(a) - Number(b));
  return [
    [header[0] ?? "", ...names],
    ...rows.map((cells) => [
      ...cells,
      ...(partner.get(cells[0] ?? "") ?? other.slice(1).map(() => "")),
    ]),
  ];
}

interface Side {
  readonly batches: readonly CohortBatch[];
  readonly format: CohortFormat;
}

/** The cells of the joined file and of both sides. */
async function joinedFiles(left: Side, right: Side) {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  const [lhs, rhs] = [`left.${left.format}`, `right.${right.format}`];
  for (const [name, { batches, format }] of [
    [lhs, left],
    [rhs, right],
  ] as const) {
    await writeTable({ path: join(folder, name), format, schema: anySchema, batches });
  }
  const request = requestFor("cohort_joiner", { lhs, rhs, outputDir: "joined" });
  const { written } = await cohortJoiner(request, quietContext(folder));
  assert.deepEqual(written, [lhs]);
  const path = join(folder, "joined", lhs);
  const { schema } = await readWholeCohort(path, "types");
  const sides = await Promise.all([join(folder, lhs), join(folder, rhs)].map(rowsOf));
  const expected = joined(sides[0] ?? [], sides[1] ?? []);
  const cells = await rowsOf(path);
  return [left, right].some(({ format }) => format === "parquet")
    ? { cells: plainZeros(cells), expected: plainZeros(expected), schema }
    : { cells, expected, schema };
}

/** With other ids, so that sides share some patients, and as programs write them that do not sort. */
const anySide = fc
  .tuple(anyCohort, fc.constantFrom(2, 3, 5), fc.boolean())
  .map(([batches, step, isTurned]) => {
    const numbered = batches.map(({ rows, columns: [ids, ...columns] }): CohortBatch => {
      const old = ids?.type === "int" ? ids.values : new Float64Array(0);
      return {
        rows,
        columns: [{ type: "int", values: old.map((id) => (id / 3) * step) }, ...columns],
      };
    });
    return isTurned ? numbered.reverse() : numbered;
  });

describe("joining two cohorts", () => {
  for (const format of cohortFormats) {
    it(`gives the cells and types of a row-by-row look-up: ${format}`, () =>
      fc.assert(
        fc.asyncProperty(anySide, anySide, async (left, right) => {
          const { cells, expected, schema } = await joinedFiles(
            { batches: left, format },
            { batches: right, format },
          );
          assert.deepEqual(cells, expected);
          assert.deepEqual(
            schema.map(({ type }) => type),
            typesIn(format),
          );
        }),
        { numRuns: 10, endOnFailure: true },
      ));
  }

  it("takes sides of two formats, unless the left has types and the right is csv", () =>
    fc.assert(
      fc.asyncProperty(
        anySide,
        anySide,
        fc.constantFrom(...cohortFormats),
        async (left, right, format) => {
          const sides = [
            { batches: left, format: format.startsWith("csv") ? "parquet" : "csv" } as const,
            { batches: right, format: format.startsWith("csv") ? "feather" : format } as const,
          ] as const;
          const { cells, expected } = await joinedFiles(sides[0], sides[1]);
          assert.deepEqual(cells, expected);
        },
      ),
      { numRuns: 10, endOnFailure: true },
    ));
});

/** Stata keeps flags as whole numbers, csv everything as text. */
function typesIn(format: CohortFormat): readonly string[] {
  const types = anySchema.slice(1).map(({ type }) => {
    if (format.startsWith("csv")) return "str";
    return format.startsWith("dta") && type === "bool" ? "int" : type;
  });
  return ["int", ...types, ...types];
}
