/** The first solution of a component: by our own search or, where that does not find one soon, by another solver. */
import type { Model } from "../model/model.ts";
import type { Component } from "./components.ts";
import type { SolveProgram } from "./highs.ts";
import { integerProgramOf } from "./integer-program.ts";
import type { Answer, Solution, Solver } from "./solver.ts";

export interface Seeking {
  readonly solver: Solver;
  readonly model: Model;
  /** Steps of search for one question. */
  readonly budget: number;
  readonly solveProgram: SolveProgram;
}

/** What another solver says is never believed: not that there is nothing, and of its numbers all limits are looked at. */
export function firstSolution(component: Component, seeking: Seeking): Answer {
  const { solver, budget } = seeking;
  if (budget === 0) return { kind: "unknown" };
  const { variables } = component;
  const search = (steps: number): Answer =>
    solver.ask({ ranges: [], hint: null, first: [], among: variables, budget: steps });
  const soon = search(variables.length + budget / 10);
  if (soon.kind !== "unknown") return soon;
  const solution = foreignSolution(component, seeking);
  return solution === null ? search(variables.length + budget * 20) : { kind: "found", solution };
}

function foreignSolution(
  component: Component,
  { solver, model, solveProgram }: Seeking,
): Solution | null {
  const program = integerProgramOf(component, model, solver.bounds);
  const numbers = program === null ? null : solveProgram(program);
  if (numbers === null) return null;
  const solution = Float64Array.from(solver.bounds.lo);
  for (const [at, v] of component.variables.entries()) solution[v] = numbers[at] ?? NaN;
  return solver.holds(solution, component.variables) ? solution : null;
}
