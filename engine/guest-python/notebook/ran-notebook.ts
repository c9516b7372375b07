/** What is left of a notebook when its cells have run: a page, or a notebook again. */
import type { NotebookProgram } from "../guest-request.ts";
import type { Cell, CellOutput, Notebook } from "./notebook.ts";

/** A cell with what running it gave. */
export interface RanCell extends Cell {
  /** Of cells of code, from 1; null where it was not run. */
  readonly count: number | null;
  readonly isInputShown: boolean;
}

type Wanted = Pick<
  NotebookProgram,
  "showInput" | "removeCellTags" | "removeInputTags" | "removeOutputTags" | "execute"
>;

/** `outputs` are by the place of the cell, of those that were run; cells are left out by their tags. */
export function ranCells(
  { cells }: Notebook,
  outputs: ReadonlyMap<number, readonly CellOutput[]>,
  wanted: Wanted,
): readonly RanCell[] {
  const codes = cells.filter(({ kind }) => kind === "code");
  const has = (cell: Cell, tags: readonly string[]): boolean =>
    cell.tags.some((tag) => tags.includes(tag));
  const ran = cells.map((cell, i): RanCell => {
    const found = outputs.get(i);
    const shown = wanted.execute ? (found ?? []) : cell.outputs;
    return {
      ...cell,
      outputs: has(cell, wanted.removeOutputTags) ? [] : shown,
      count: cell.kind === "code" && found !== undefined ? codes.indexOf(cell) + 1 : null,
      isInputShown: wanted.showInput && !has(cell, wanted.removeInputTags),
    };
  });
  return ran.filter((cell) => !has(cell, wanted.removeCellTags));
}

/** As nbformat 4 has it. */
export function notebookText({ raw }: Notebook, cells: readonly RanCell[]): string {
  const made = cells.map(({ raw: cell, kind, outputs, count }) =>
    kind === "code"
      ? { ...cell, execution_count: count, outputs: outputs.map((each) => outputOf(each, count)) }
      : cell,
  );
  return `${JSON.stringify({ ...raw, cells: made }, null, 1)}\n`;
}

function outputOf(output: CellOutput, count: number | null): unknown {
  return output.output_type === "execute_result" ? { ...output, execution_count: count } : output;
}
