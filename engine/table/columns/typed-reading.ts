/** Cohort blocks from a table with types: one behaviour for every format. */
import type { CohortBlock, CohortReading, NonZeroRows, WantedColumns } from "../cohort-reader.ts";
import { findColumns } from "../csv/csv-header.ts";
import { readLabelColumn } from "../csv/label-column.ts";
import { numberReader } from "./typed-numbers.ts";
import { textReader } from "./typed-texts.ts";
import type { OpenTypedTable, TypedBlock, TypedValues } from "./typed-table.ts";

/** See `readCohort`: the table is opened to look at its header, and again for the blocks. */
export async function typedReading(
  open: OpenTypedTable,
  file: string,
  wanted: WantedColumns,
): Promise<CohortReading> {
  const table = await open(file);
  try {
    findColumns(file, table.names, wanted);
  } finally {
    await table.close();
  }
  const dictionaries = wanted.texts.map((): string[] => []);
  const request = { open, file, wanted, dictionaries };
  return { dictionaries, blocks: { [Symbol.asyncIterator]: () => blocksOf(request) } };
}

interface Request {
  readonly open: OpenTypedTable;
  readonly file: string;
  readonly wanted: WantedColumns;
  readonly dictionaries: readonly string[][];
}

async function* blocksOf(request: Request): AsyncGenerator<CohortBlock> {
  const { open, file, wanted, dictionaries } = request;
  for (const texts of dictionaries) texts.length = 0;
  const table = await open(file);
  try {
    const fieldOf = findColumns(file, table.names, wanted);
    const names = [...new Set([...wanted.numbers, ...wanted.texts])];
    const asked = table.blocks(names.map(fieldOf));
    const toBlock = converter(request, names);
    for await (const block of asked) yield toBlock(block);
  } finally {
    await table.close();
  }
}

/** A column wanted as both is a number, and its label is taken from that. */
function converter(
  { file, wanted, dictionaries }: Request,
  names: readonly string[],
): (block: TypedBlock) => CohortBlock {
  const numbers = wanted.numbers.map((name) => ({
    at: names.indexOf(name),
    reader: numberReader(file, name),
  }));
  const texts = wanted.texts.map((name, place) => {
    const dictionary = dictionaries[place] ?? [];
    const number = wanted.numbers.indexOf(name);
    const reader = textReader(file, name, dictionary);
    return { at: names.indexOf(name), number, reader, label: labels(dictionary) };
  });
  return (block) => {
    const values = numbers.map(({ at, reader }) => reader.read(block, columnOf(block, at)));
    const codes = texts.map(({ at, number, reader, label }) => {
      const counted = values[number];
      return counted === undefined
        ? reader.read(block, columnOf(block, at))
        : label(counted, block.rows);
    });
    const nonZero = numbers.map(({ at }) => listedIn(columnOf(block, at)));
    return { rows: block.rows, numbers: values, nonZero, codes };
  };
}

function listedIn(values: TypedValues): NonZeroRows | null {
  return values.kind === "number" ? (values.nonZero ?? null) : null;
}

function columnOf({ columns }: TypedBlock, at: number) {
  const values = columns[at];
  if (values === undefined) throw new Error("a block has the columns that were asked for");
  return values;
}

function labels(texts: string[]): (numbers: Float64Array, rows: number) => Uint32Array {
  const codeOfNumber = new Map<number, number>();
  let codes = new Uint32Array(0);
  return (numbers, rows) => {
    if (codes.length < rows) codes = new Uint32Array(rows);
    readLabelColumn({ numbers, codes, texts, codeOfNumber }, 0, rows);
    return codes;
  };
}
