/** Whether what actions need exists, and whether they can be put in an order. */
import { nearestNames } from "../../base/nearest.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import type { Action, Project } from "./project.ts";

export function checkGraph(project: Project, findings: Findings): void {
  const byName = new Map(project.actions.map((action) => [action.name, action]));
  for (const action of project.actions) {
    for (const { name, at } of action.needs) {
      if (byName.has(name)) continue;
      const nearest = nearestNames(name, byName.keys());
      const facts = { action: action.name, need: name, nearest };
      report(findings.problems, "need-unknown", facts, at);
    }
  }
  for (const path of cyclesOf(byName)) {
    const at = byName.get(path[0] ?? "")?.at ?? { line: 1, column: 1 };
    report(findings.problems, "need-cycle", { path }, at);
  }
}

/** Circles of actions, each told once: a -> b -> a. An action that needs itself is a -> a. */
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
  const enter = (name: string): void => {
    if (done.has(name)) return;
    const at = trail.findIndex((step) => step.name === name);
    if (at === -1) {
      trail.push({ name, needs: (byName.get(name)?.needs ?? []).map((need) => need.name) });
    } else cycles.push([...trail.slice(at).map((step) => step.name), name]);
  };
  enter(start);
  for (let step = trail.at(-1); step !== undefined; step = trail.at(-1)) {
    const next = step.needs.shift();
    if (next !== undefined) {
      enter(next);
      continue;
    }
    done.add(step.name);
    trail.pop();
  }
}
