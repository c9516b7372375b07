/** Rows of a query as batches of columns, as cohort files are written from. */
import { unreachable } from "../../base/problems.ts";
import type { ColumnChunk } from "../../duckdb/column-chunk.ts";
import type {
  CohortBatch,
  CohortColumn,
  CohortSchema,
  ColumnValues,
} from "../../table/cohort-schema.ts";

const ROWS_AT_ONCE = 32_768;

/** Gathers the small pieces that DuckDB gives. Words of a text column are kept over all batches. */
export async function* readBatches(
  chunks: AsyncIterable<ColumnChunk>,
  schema: CohortSchema,
  wording: (column: string) => Wording,
): AsyncGenerator<CohortBatch> {
  const words = schema.map(({ name }) => wordTable(wording(name)));
  let gathering = emptyColumns(schema, words);
  let rows = 0;
  for await (const chunk of chunks) {
    if (rows + chunk.rows > ROWS_AT_ONCE) {
      yield { rows, columns: gathering.map((column) => part(column, rows)) };
      gathering = emptyColumns(schema, words);
      rows = 0;
    }
    for (const [place, column] of gathering.entries()) {
      copyChunk(column, { chunk, place, at: rows }, words[place]);
    }
    rows += chunk.rows;
  }
  if (rows > 0) yield { rows, columns: gathering.map((column) => part(column, rows)) };
}

/** How the texts of a column come, and go. */
export interface Wording {
  /** Texts come as numbers of these words; null where they come as they are. */
  readonly numbered: readonly string[] | null;
  readonly tidy: ((word: string) => string) | null;
}

interface WordTable {
  readonly words: readonly string[];
  /** Null where the database has numbered them already. */
  readonly codeOf: ((word: string) => number) | null;
}

/** Words that are tidied to the same text share its code. */
function wordTable({ numbered, tidy: tidied }: Wording): WordTable {
  if (numbered !== null) return { words: numbered, codeOf: null };
  const words: string[] = [];
  const codes = new Map<string, number>();
  const tidyCodes = new Map<string, number>();
  const codeOf = (word: string): number => {
    const known = codes.get(word);
    if (known !== undefined) return known;
    const shown = tidied === null ? word : tidied(word);
    const code = tidyCodes.get(shown) ?? words.push(shown) - 1;
    tidyCodes.set(shown, code);
    codes.set(word, code);
    return code;
  };
  return { words, codeOf };
}

function emptyColumns(schema: CohortSchema, tables: readonly WordTable[]): ColumnValues[] {
  return schema.map((column, place) => emptyColumn(column, tables[place]?.words ?? []));
}

function emptyColumn({ type }: CohortColumn, words: readonly string[]): ColumnValues {
  switch (type) {
    case "bool":
      return { type, values: new Uint8Array(ROWS_AT_ONCE) };
    case "int":
    case "float":
      return { type, values: new Float64Array(ROWS_AT_ONCE) };
    case "date":
      return { type, values: new Int32Array(ROWS_AT_ONCE) };
    case "str":
      return { type, codes: new Uint32Array(ROWS_AT_ONCE), words };
    default:
      return unreachable(type);
  }
}

function copyChunk(
  column: ColumnValues,
  {
    chunk,
    place,
    at,
  }: { readonly chunk: ColumnChunk; readonly place: number; readonly at: number },
  table: WordTable | undefined,
): void {
  switch (column.type) {
    case "bool":
      column.values.set(chunk.raw(place, Uint8Array), at);
      break;
    case "int":
    case "float":
      column.values.set(chunk.raw(place, Float64Array), at);
      break;
    case "date":
      column.values.set(chunk.raw(place, Int32Array), at);
      break;
    case "str": {
      if (table?.codeOf == null) {
        column.codes.set(chunk.raw(place, Uint32Array), at);
        break;
      }
      const texts = chunk.values(place);
      for (let row = 0; row < chunk.rows; row++) {
        column.codes[at + row] = table.codeOf(String(texts[row]));
      }
      break;
    }
    default:
      unreachable(column);
  }
}

function part(column: ColumnValues, rows: number): ColumnValues {
  switch (column.type) {
    case "bool":
      return { type: column.type, values: column.values.subarray(0, rows) };
    case "int":
    case "float":
      return { type: column.type, values: column.values.subarray(0, rows) };
    case "date":
      return { type: column.type, values: column.values.subarray(0, rows) };
    case "str":
      return { ...column, codes: column.codes.subarray(0, rows) };
    default:
      return unreachable(column);
  }
}
