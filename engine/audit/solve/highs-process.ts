/** The process that runs HiGHS: a program comes in, the numbers of a solution go out, or null. */
import { readFileSync } from "node:fs";
import type { IntegerProgram } from "./integer-program.ts";

/** What is used of the package. */
interface Highs {
  readonly infinity: number;
  readonly constants: { readonly solutionStatus: { readonly feasible: number } };
  withModel<Result>(source: object, use: (model: HighsModel) => Result): Result;
}

interface HighsModel {
  readonly options: { set(options: Readonly<Record<string, unknown>>): void };
  readonly info: { get(name: "primal_solution_status"): unknown };
  run(): void;
  getSolution(): { readonly colValue: Float64Array };
}

const PACKAGE = "highs";

const { program, nodes } = JSON.parse(readFileSync(0, "utf8")) as {
  readonly program: IntegerProgram;
  readonly nodes: number;
};
const { default: load } = (await import(PACKAGE)) as { readonly default: () => Promise<Highs> };
process.stdout.write(JSON.stringify(solved(await load())));

function solved(highs: Highs): readonly number[] | null {
  return highs.withModel(modelOf(highs.infinity), (model) => {
    model.options.set({ output_flag: false, mip_max_nodes: nodes });
    model.run();
    const { feasible } = highs.constants.solutionStatus;
    const isFound = model.info.get("primal_solution_status") === feasible;
    return isFound ? [...model.getSolution().colValue] : null;
  });
}

function modelOf(infinity: number): object {
  const { columns, rows, costs } = program;
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.columns.length);
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: costs ?? columns.map(() => 0),
    colLower: columns.map(({ lo }) => lo ?? -infinity),
    colUpper: columns.map(({ hi }) => hi ?? infinity),
    rowLower: rows.map(({ lo }) => lo ?? -infinity),
    rowUpper: rows.map(({ hi }) => hi ?? infinity),
    integrality: columns.map(() => 1),
    matrix: {
      format: "csr",
      ...{ numRows: rows.length, numCols: columns.length, starts },
      indices: rows.flatMap((row) => row.columns),
      values: rows.flatMap(({ factors }) => factors),
    },
  };
}
