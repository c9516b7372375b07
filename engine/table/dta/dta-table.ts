/** A Stata file as a table with types. */
import { dateFormats, parseIsoDate, toDayNumber } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";
import type { CohortColumn } from "../cohort-schema.ts";
import type { TypedBlock, TypedTable, TypedValues } from "../columns/typed-table.ts";
import type { CsvFile } from "../csv/byte-source.ts";
import { fail } from "../problems.ts";
import { meaningOf, WHOLE_FORMAT } from "./cell-meaning.ts";
import type { CellMeaning } from "./cell-meaning.ts";
import type { DtaColumn } from "./dta-header.ts";
import { dtaHeaderOf, openDtaRows } from "./dta-stripes.ts";
import type { DtaStripe } from "./dta-stripes.ts";
import { cellNumber } from "./number-cells.ts";
import { codeFiller, dtaDecoding } from "./text-codes.ts";
import type { DtaDecoding } from "./text-codes.ts";
import { refuseUnreadable } from "./wanted-dta-columns.ts";

/** Problems as `readCohort` has of Stata files. */
export async function openDta(csv: CsvFile): Promise<TypedTable> {
  const { columns } = await dtaHeaderOf(csv);
  refuseUnreadable(csv.file, columns);
  return {
    names: columns.map(({ name }) => name),
    schema: () => Promise.resolve(columns.map(cohortColumn)),
    blocks: (places) => blocksOf(csv, places),
    close: () => Promise.resolve(),
  };
}

/** A number with a value label is that label: a category. */
function cohortColumn(column: DtaColumn): CohortColumn {
  const { name, type } = column;
  if (type.kind === "str" || type.kind === "strL" || column.valueLabels !== "") {
    return { name, type: "str" };
  }
  const dateFormat = dateFormatOf(meaningOf(column));
  if (dateFormat !== null) return { name, type: "date", dateFormat };
  return isWhole(column) ? { name, type: "int", mayBeMissing: true } : { name, type: "float" };
}

/** Null for what is no date. */
function dateFormatOf(meaning: CellMeaning | null): DateFormat | null {
  switch (meaning?.kind) {
    case "day":
      return dateFormats.find(({ length }) => length === meaning.shown) ?? null;
    case "month":
      return meaning.shown < "YYYY-MM".length ? "YYYY" : "YYYY-MM";
    case "moment":
      return "YYYY-MM-DD";
    case "year":
      return "YYYY";
    default:
      return null;
  }
}

/** Doubles are whole numbers only where this engine says so: other formats without decimals just hide them. */
function isWhole({ type: { kind }, displayFormat }: DtaColumn): boolean {
  return (
    ["byte", "int", "long"].includes(kind) || (kind === "double" && displayFormat === WHOLE_FORMAT)
  );
}

async function* blocksOf(csv: CsvFile, places: readonly number[]): AsyncGenerator<TypedBlock> {
  const { header, stripes, close } = await openDtaRows(csv);
  try {
    const columns = places.flatMap((place) => header.columns[place] ?? []);
    refuseUnreadable(csv.file, columns);
    const decoding = await dtaDecoding(csv, header, columns);
    for await (const stripe of stripes) {
      const { rows, firstRow: first } = stripe;
      yield { first, rows, columns: columns.map((column) => valuesOf(decoding, column, stripe)) };
    }
  } finally {
    await close();
  }
}

function valuesOf(decoding: DtaDecoding, column: DtaColumn, stripe: DtaStripe): TypedValues {
  const { type, ...more } = cohortColumn(column);
  if (type === "int" || type === "float") return numbersOf(decoding, column, stripe);
  const texts: string[] = [];
  const codes = new Uint32Array(stripe.rows);
  codeFiller(decoding, column, texts)(stripe, codes);
  if (type === "date" && "dateFormat" in more) {
    const days = texts.map(firstDay);
    const values = Float64Array.from(codes, (code) => days[code] ?? NaN);
    return { kind: "day", values, format: more.dateFormat };
  }
  return { kind: "coded", codes: Int32Array.from(codes), textOf: (code) => texts[code] ?? "" };
}

function numbersOf(
  { file, header }: DtaDecoding,
  column: DtaColumn,
  { view, at, stride, rows, firstRow }: DtaStripe,
): TypedValues {
  const number = cellNumber(column.type, header.littleEndian);
  if (number === null) throw new Error("a column of texts has no numbers");
  const values = new Float64Array(rows);
  for (let row = 0, start = at + column.offset; row < rows; row++, start += stride) {
    values[row] = number(view, start);
  }
  const of = isWhole(column) ? "int" : "float";
  const odd =
    of === "int" ? values.findIndex((value) => value % 1 !== 0 && !Number.isNaN(value)) : -1;
  if (odd >= 0) fail("stata-number", { file, row: firstRow + odd, column: column.name });
  return { kind: "number", of, values };
}

/** The first day of what a text shows of a date; NaN for none. */
function firstDay(text: string): number {
  const date = parseIsoDate(`${text}${"-01-01".slice(text.length - 4)}`);
  return date === null ? NaN : toDayNumber(date);
}
