/** Cohort files in memory, in blocks as small as a test likes. */
import { floatText } from "../../engine/base/value-types.ts";
import { wantedColumns } from "../../engine/measures/measure-spec.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import type { CohortBlock, CohortReading } from "../../engine/table/cohort-reader.ts";

/** A header, then rows. */
export type Cells = readonly (readonly string[])[];

/** Cells separated by spaces, one row per line; `-` is an empty cell. */
export function cellsOf(text: string): Cells {
  const lines = text.trim().split("\n");
  return lines.map((line) =>
    line
      .trim()
      .split(/\s+/)
      .map((cell) => (cell === "-" ? "" : cell)),
  );
}

/** What reading a file with these cells gives; arrays are reused from block to block, as files do. */
export function readingOf(
  [header = [], ...rows]: Cells,
  measures: readonly MeasureSpec[],
  blockRows = 3,
  wanted = wantedColumns(measures),
): CohortReading {
  const dictionaries = wanted.texts.map((): string[] => []);
  const numbers = wanted.numbers.map(() => new Float64Array(blockRows));
  const codes = wanted.texts.map(() => new Uint32Array(blockRows));
  const cell = (row: readonly string[], name: string): string => row[header.indexOf(name)] ?? "?";
  const text = (row: readonly string[], name: string): string =>
    wanted.numbers.includes(name) ? floatText(Number(cell(row, name))) : cell(row, name);

  function* blocks(): Generator<CohortBlock> {
    for (let start = 0; start < rows.length; start += blockRows) {
      const some = rows.slice(start, start + blockRows);
      some.forEach((row, at) => {
        wanted.numbers.forEach((name, place) => numbers[place]?.fill(Number(cell(row, name)), at));
        wanted.texts.forEach((name, place) =>
          codes[place]?.fill(codeOf(dictionaries[place] ?? [], text(row, name)), at),
        );
      });
      yield { rows: some.length, numbers, codes };
    }
  }
  return { blocks: asynchronous(blocks()), dictionaries };
}

function codeOf(dictionary: string[], word: string): number {
  const known = dictionary.indexOf(word);
  return known >= 0 ? known : dictionary.push(word) - 1;
}

async function* asynchronous<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}
