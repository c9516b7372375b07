/** A table with types read whole: each column as the writers take it, or as the texts of csv. */
import { unreachable } from "../../base/problems.ts";
import { NO_DATE, NO_FLAG } from "../cohort-schema.ts";
import type { CohortBatch, CohortColumn, ColumnValues } from "../cohort-schema.ts";
import { fail } from "../problems.ts";
import { idFirst, mustBeIds, PATIENT_ID } from "../whole-cohort.ts";
import type { WholeAs, WholeCohort } from "../whole-cohort.ts";
import { dateOfDay } from "./cell-text.ts";
import { NOT_A_DAY } from "./instant-days.ts";
import { numberReader } from "./typed-numbers.ts";
import { textReader } from "./typed-texts.ts";
import { MISSING_CODE } from "./typed-table.ts";
import type { OpenTypedTable, TypedBlock, TypedValues } from "./typed-table.ts";

/** A block's values of one column. */
type MakeValues = (block: TypedBlock, values: TypedValues) => ColumnValues;

const ID: CohortColumn = { name: PATIENT_ID, type: "int" };

/**
 * Problems: those of opening, missing-file-column, repeated-file-column; while reading patient-id-not-whole,
 * not-a-number of a patient's id, and those of `cellText`.
 */
export async function wholeTyped(
  open: OpenTypedTable,
  file: string,
  as: WholeAs,
): Promise<WholeCohort> {
  const table = await open(file);
  try {
    const places = idFirst(file, table.names);
    const found = await table.schema();
    const schema = places.map((place, at): CohortColumn => {
      const column = found[place];
      if (column === undefined) throw new Error("a table has a type for each of its names");
      if (at === 0) return ID;
      return as === "types" ? column : { name: column.name, type: "str" };
    });
    const makers = schema.map((column, at) => (at === 0 ? idMaker(file) : maker(column, file)));
    return { schema, batches: () => batchesOf(open, file, { places, makers }) };
  } finally {
    await table.close();
  }
}

interface Asked {
  readonly places: readonly number[];
  readonly makers: readonly MakeValues[];
}

async function* batchesOf(
  open: OpenTypedTable,
  file: string,
  { places, makers }: Asked,
): AsyncGenerator<CohortBatch, void> {
  const table = await open(file);
  try {
    for await (const block of table.blocks(places)) {
      const columns = makers.map((make, at) => {
        const values = block.columns[at];
        if (values === undefined) throw new Error("a block has the columns that were asked for");
        return make(block, values);
      });
      yield { rows: block.rows, columns };
    }
  } finally {
    await table.close();
  }
}

function idMaker(file: string): MakeValues {
  const reader = numberReader(file, PATIENT_ID);
  return (block, values) => {
    const ids = reader.read(block, values);
    mustBeIds(ids, { file, ...block });
    return { type: "int", values: ids };
  };
}

function maker(column: CohortColumn, file: string): MakeValues {
  switch (column.type) {
    case "bool":
      return ({ rows }, values) => ({
        type: "bool",
        values: Uint8Array.from(numbersOf(values).subarray(0, rows), flagOf),
      });
    case "int":
      return (_, values) => ({ type: "int", values: numbersOf(values) });
    case "float":
      return (_, values) => ({ type: "float", values: numbersOf(values) });
    case "date":
      return dayMaker(column.name, file);
    case "str":
      return textMaker(column.name, file);
    default:
      return unreachable(column);
  }
}

function numbersOf(values: TypedValues): Float64Array {
  return values.kind === "number" ? values.values : failForKind();
}

function failForKind(): never {
  throw new Error("a block has the types of its table");
}

function flagOf(value: number): number {
  return Number.isNaN(value) ? NO_FLAG : value;
}

function dayMaker(column: string, file: string): MakeValues {
  return ({ rows, first }, values) => {
    if (values.kind !== "day") return failForKind();
    const days = Int32Array.from(values.values.subarray(0, rows), (day, at) => {
      if (Number.isNaN(day)) return NO_DATE;
      if (day === NOT_A_DAY) return fail("file-time-of-day", { file, row: first + at, column });
      if (dateOfDay(day) !== null) return day;
      return fail("file-date-out-of-range", { file, row: first + at, column });
    });
    return { type: "date", values: days };
  };
}

/** Texts of a block only: of a whole file, those that differ in every row would take all memory. */
function textMaker(column: string, file: string): MakeValues {
  return (block, values) => {
    if (values.kind === "coded") return codedTexts(block, values, { column, file });
    const texts: string[] = [];
    const codes = textReader(file, column, texts).read(block, values);
    return { type: "str", codes, values: texts };
  };
}

function codedTexts(
  { rows, first }: TypedBlock,
  { codes, textOf }: Extract<TypedValues, { kind: "coded" }>,
  at: { readonly column: string; readonly file: string },
): ColumnValues {
  const texts: string[] = [];
  const places = new Map<number, number>();
  const own = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const code = codes[row] ?? MISSING_CODE;
    let place = places.get(code);
    if (place === undefined) {
      const text = code === MISSING_CODE ? "" : textOf(code, () => ({ ...at, row: first + row }));
      place = texts.push(text) - 1;
      places.set(code, place);
    }
    own[row] = place;
  }
  return { type: "str", codes: own, values: texts };
}
