/** Whether what actions need exists, and whether they can be put in an order. */
import { nearestNames } from "../../base/nearest.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import type { Action, Project } from "./project.ts";

/** Comparing one name with thousands takes a while, and nobody reads that many. */
const MOST_HELPED = 20;

export function checkGraph(project: Project, findings: Findings): void {
  const byName = new Map(project.actions.map((action) => [action.name, action]));
  let helped = 0;
  for (const action of project.actions) {
    for (const { name, at } of action.needs) {
      if (byName.has(name)) continue;
      if (/\s/.test(name)) {
        const given = JSON.stringify(name);
        report(findings.problems, "need-not-a-name", { action: action.name, given }, at);
        continue;
      }
      const nearest = helped++ < MOST_HELPED ? nearestNames(name, byName.keys()) : [];
      const facts = { action: action.name, need: name, nearest };
      report(findings.problems, "need-unknown", facts, at);
    }
  }
  for (const path of cyclesOf(byName)) {
    const at = byName.get(path[0] ?? "")?.at ?? { line: 1, column: 1 };
    report(findings.problems, "need-cycle", { path }, at);
  }
}

/** Cycles of actions, each reported once: a -> b -> a. An action that needs itself is a -> a. */
function cyclesOf(byName: ReadonlyMap<string, Action>): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = [];
  const done = new Set<string>();
  for (const start of byName.keys()) walk(start, { byName, done, cycles });
  return cycles;
}

interface Walk {
  readonly byName: ReadonlyMap<string, Action>;
  readonly done: Set<string>;
  readonly cycles: (readonly string[])[];
}

/** Depth first, with its own stack: a chain of thousands of actions must not overflow another. */
function walk(start: string, { byName, done, cycles }: Walk): void {
  const trail: { readonly name: string; readonly needs: string[] }[] = [];
  const places = new Map<string, number>();
  const enter = (name: string): void => {
    if (done.has(name)) return;
    const at = places.get(name);
    if (at === undefined) {
      places.set(name, trail.length);
      const needs = (byName.get(name)?.needs ?? []).map((need) => need.name);
      trail.push({ name, needs: needs.reverse() });
    } else cycles.push([...trail.slice(at).map((step) => step.name), name]);
  };
  enter(start);
  for (let step = trail.at(-1); step !== undefined; step = trail.at(-1)) {
    const next = step.needs.pop();
    if (next !== undefined) {
      enter(next);
      continue;
    }
    done.add(step.name);
    places.delete(step.name);
    trail.pop();
  }
}
