/** Which single files a study may write when its command is typed by hand. */
import { ProblemError } from "../base/problems.ts";
import type { MadeFiles } from "../base/path-pattern.ts";
import type { OutputPolicy } from "../commands/context.ts";
import type { ActionRequest } from "../options/read-words.ts";
import { patternFault } from "./project/output-pattern.ts";
import { hasProject } from "./project/project.ts";
import type { Action } from "./project/project.ts";
import { studyOf } from "../options/read-words.ts";

/**
 * The policy for one command and study: write what its own action declares, ignore what another action
 * declares, refuse the rest. Only names without `*` count: a study may not write cohorts or measures.
 * Problems: those of a project.yaml that cannot be read.
 */
export function outputPolicyIn(
  folder: string,
): (command: string, study: string) => Promise<OutputPolicy> {
  let actions: Promise<readonly Action[]> | undefined;
  return async (command, study) => {
    actions ??= actionsIn(folder);
    return outputPolicy(await actions, command, study);
  };
}

/** What else may be wrong with it is reported by the commands that run it. */
async function actionsIn(folder: string): Promise<readonly Action[]> {
  if (!hasProject(folder)) return [];
  // The parser of YAML is loaded while the sandbox starts, and not at all where there is no such file.
  const { readProjectFile } = await import("./project/read-project-file.ts");
  const { project, problems } = readProjectFile(folder);
  if (project === null) throw new ProblemError(problems);
  return project.actions;
}

function outputPolicy(actions: readonly Action[], command: string, study: string): OutputPolicy {
  const own = actions.filter((action) => runs(action, command, study));
  const [mine, all] = [own, actions].map((some) => new Set(some.flatMap(plainOutputs)));
  const decide: OutputPolicy["decide"] = (path) => {
    if (mine?.has(path) === true) return "write";
    return all?.has(path) === true ? "ignore" : "refuse";
  };
  const params = paramsOf(actions, study);
  return { decide, declared: [...(all ?? [])], made: madeFiles(actions), params };
}

function paramsOf(actions: readonly Action[], study: string): NonNullable<OutputPolicy["params"]> {
  const given = actions.flatMap(({ request }) =>
    request !== null && "param" in request && isOf(request, study) ? [request.param] : [],
  );
  return [...new Map(given.map((params) => [JSON.stringify(params), params])).values()];
}

export function madeFiles(actions: readonly Action[]): readonly MadeFiles[] {
  return actions.flatMap(({ name, outputs }) =>
    outputs.map(({ pattern }) => ({ action: name, pattern })),
  );
}

function runs({ request }: Action, command: string, study: string): boolean {
  return request?.command === command && isOf(request, study);
}

function isOf(request: ActionRequest, study: string): boolean {
  return ["all", study].includes(studyOf(request) ?? "");
}

function plainOutputs({ outputs }: Action): readonly string[] {
  return outputs
    .map(({ pattern }) => pattern)
    .filter((pattern) => !pattern.includes("*") && patternFault(pattern) === null);
}
