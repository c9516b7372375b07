import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { formatDate, isoDateOf } from "../../engine/base/dates.ts";
import type { CheckedColumn, CheckedStudy } from "../../engine/definition/checked-study.ts";
import { cellsIn, dummyRows, TODAY } from "../backend/dummy-rows.ts";
import type { Cell, Rows } from "../backend/dummy-rows.ts";
import type { OtherColumn } from "../naive/asked.ts";
import { emptyOf } from "../naive/empty-of.ts";
import { naiveAnswer } from "../naive/naive-function.ts";
import { randomDerivedStudy } from "./random-derived-study.ts";

const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 40);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200301);

const derived = ["satisfying", "categorised_as", "minimum_of", "maximum_of"];
const patients = 60;
const months = ["2020-04-01", "2020-02-01", "2019-10-01"];

/** Hidden columns too, so that every source can be seen. */
function withAllShown(study: CheckedStudy): CheckedStudy {
  const names = study.columns.map(({ name }) => name);
  return { ...study, output: names.filter((name) => name !== "population") };
}

function shown(column: CheckedColumn, cell: Cell): string | number {
  if (cell === null || cell === "") return emptyOf(column);
  return column.dateFormat === null ? cell : formatDate(isoDateOf(String(cell)), column.dateFormat);
}

/** What the oracle works out from the cells of the row. */
function worked(study: CheckedStudy, rows: Rows, name: string, row: number): string | number {
  const columnOf = (wanted: string): CheckedColumn => {
    const column = study.columns.find((each) => each.name === wanted);
    if (column === undefined) throw new Error(`no column ${wanted}`);
    return column;
  };
  const other = (wanted: string): OtherColumn => {
    const column = columnOf(wanted);
    const cell = cellsIn(rows, wanted)[row] ?? null;
    return { column, shown: shown(column, cell), date: null, event: null };
  };
  const column = columnOf(name);
  const at = { indexDate: null, today: TODAY };
  const asked = { column, patient: row, records: {}, at, other, readFile: () => "" };
  const { value } = naiveAnswer(asked);
  return value === null || value === "" ? emptyOf(column) : value;
}

describe("derived dummy data", () => {
  it("are what the oracle works out from the columns that a derived column reads", async () => {
    let compared = 0;
    const holds = fc.asyncProperty(randomDerivedStudy, async (random) => {
      if (random === null) return;
      const study = withAllShown(random);
      for (const rows of await dummyRows(study, { patients }, months)) {
        for (const column of study.columns) {
          if (!derived.includes(column.function) || column.name === "population") continue;
          const cells = cellsIn(rows, column.name);
          for (const [row, cell] of cells.entries()) {
            const said = { [column.name]: shown(column, cell), row };
            assert.deepEqual(said, { [column.name]: worked(study, rows, column.name, row), row });
          }
          compared++;
        }
      }
    });
    await fc.assert(holds, { numRuns: runs, seed });
    assert.ok(compared > runs, `${compared} columns compared`);
  });
});
