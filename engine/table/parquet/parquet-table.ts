/** A parquet file as a table with types: read directly where it can be, by DuckDB where not. */
import type { TypedBlock, TypedTable } from "../columns/typed-table.ts";
import { dateFacts } from "./date-facts.ts";
import { directBlocks } from "./direct-blocks.ts";
import { directColumn, tableColumns } from "./direct-columns.ts";
import type { DirectColumn, TableColumn } from "./direct-columns.ts";
import { openByDuckDb } from "./duckdb-table.ts";
import { openParquetFile, undamaged } from "./parquet-file.ts";
import type { ParquetFile } from "./parquet-file.ts";
import type { ParquetFooter } from "./parquet-footer.ts";

/** A file whose footer has been read here. */
interface KnownFile extends ParquetFile {
  readonly footer: ParquetFooter;
  readonly columns: readonly TableColumn[];
}

/**
 * The asked columns alone decide what reads the rows, before the first is given out. Problems: file-not-found
 * and kin, wrong-magic, broken-table; while reading that, not-utf8-text, unsupported-table and
 * unsupported-column-type.
 */
export async function openParquet(file: string): Promise<TypedTable> {
  const parquet = await openParquetFile(file);
  try {
    const known = knownFile(parquet);
    if (known === null) {
      await parquet.handle.close();
      return await openByDuckDb(file);
    }
    return {
      names: known.columns.map(({ element }) => element.name),
      blocks: (asked) => blocksOf(known, asked),
      close: () => parquet.handle.close(),
    };
  } catch (error) {
    await parquet.handle.close();
    throw error;
  }
}

/** Null where the footer is not read here. */
function knownFile(parquet: ParquetFile): KnownFile | null {
  const { file, footer } = parquet;
  if (footer === null) return null;
  const columns = undamaged(file, () => tableColumns(footer));
  return { ...parquet, footer, columns };
}

async function* blocksOf(known: KnownFile, asked: readonly number[]): AsyncGenerator<TypedBlock> {
  const { file, footer } = known;
  const direct = undamaged(file, () => directColumns(known, asked));
  if (direct === null) {
    const table = await openByDuckDb(file);
    try {
      yield* table.blocks(asked);
    } finally {
      await table.close();
    }
    return;
  }
  const blocks = directBlocks(known, footer.groups, direct, dateFacts(file, footer));
  // A file of which no column is wanted still has rows; the column read for them is not given out.
  for await (const { columns, ...block } of blocks) {
    yield { ...block, columns: columns.slice(0, asked.length) };
  }
}

/** Null where DuckDB is to read them. */
function directColumns(
  { footer, columns, end }: KnownFile,
  asked: readonly number[],
): readonly DirectColumn[] | null {
  const direct = (at: number): DirectColumn | null => {
    const column = columns[at];
    if (column === undefined) throw new Error("a column is asked for by its place in the header");
    return directColumn(footer, column, end);
  };
  // Rows must stand somewhere in the file: a number of them alone is not believed.
  const places = asked.length > 0 ? asked : [columns.findIndex((_, at) => direct(at) !== null)];
  const found = places.map((at) => (at < 0 ? null : direct(at)));
  return found.every((column) => column !== null) ? found : null;
}
