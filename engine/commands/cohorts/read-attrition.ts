/** An attrition file as what may be shown of it. */
import { basename } from "node:path";
import { parseIsoDate } from "../../base/dates.ts";
import { readSmallFile } from "../../files/small-file.ts";
import { shownSteps } from "../../profile/attrition.ts";
import type { AttritionAt } from "../../profile/attrition.ts";
import type { Treatment } from "../../profile/treatment.ts";
import { csvRows } from "../../text/csv-rows.ts";
import type { CsvRow } from "../../text/csv-rows.ts";
import { fail } from "../problems.ts";
import { ATTRITION_HEADER } from "./attrition-table.ts";

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * By index date as they stand in the file; numbers removed are worked out anew from those left. Null without such a
 * file. Problem: attrition-file-unlike, and those of files.
 */
export function readAttrition(path: string, treatment: Treatment): readonly AttritionAt[] | null {
  const file = basename(path);
  const bytes = readSmallFile(path, { most: MOST_BYTES, follow: false, told: file });
  if (bytes === null) return null;
  const [header, ...rows] = csvRows(bytes.toString("utf8"));
  if (header?.cells().join() !== ATTRITION_HEADER.join()) {
    fail("attrition-file-unlike", { file, row: 1, wanted: ATTRITION_HEADER.join(", ") });
  }
  const dates: { indexDate: string; conditions: string[]; left: (number | null)[] }[] = [];
  rows.forEach((row, at) => {
    // The header is row 1.
    const { indexDate, step, condition, left } = rowOf(row, file, at + 2);
    if (step === 0) dates.push({ indexDate, conditions: [], left: [] });
    const date = dates.at(-1);
    if (date?.indexDate !== indexDate || date.left.length !== step) {
      return fail("attrition-file-unlike", {
        file,
        row: at + 2,
        wanted: "the next step of a date",
      });
    }
    date.conditions.push(condition);
    date.left.push(left);
  });
  return dates.map(({ indexDate, conditions, left }) => ({
    indexDate,
    steps: shownSteps(conditions, left, treatment),
  }));
}

const COUNT = /^\d{1,15}$/;

function rowOf(row: CsvRow, file: string, at: number) {
  const [indexDate = "", step = "", condition = "", left = "", ...more] = row.cells();
  const isRow =
    more.length === 1 &&
    (indexDate === "" || parseIsoDate(indexDate) !== null) &&
    COUNT.test(step) &&
    (left === "" || COUNT.test(left));
  if (!isRow) {
    const wanted = "a date, a step, a condition and two whole numbers";
    return fail("attrition-file-unlike", { file, row: at, wanted });
  }
  return { indexDate, step: Number(step), condition, left: left === "" ? null : Number(left) };
}
