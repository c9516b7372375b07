/** The notebooks of a project.yaml, and whether this machine can run them with nothing but Node. */
import { plainYaml, readYamlTree } from "../../engine/base/yaml-tree.ts";
import { findSandbox } from "../../engine/guest-python/sandbox.ts";

interface Project {
  readonly actions: Readonly<Record<string, { readonly run: string }>>;
}

/** Names of actions that run a notebook or a script in Python. */
export function notebookActions(projectText: string): readonly string[] {
  const { root } = readYamlTree(projectText);
  if (root === null) throw new Error("project.yaml of the example cannot be read");
  const { actions } = plainYaml(root) as Project;
  return Object.entries(actions)
    .filter(([, { run }]) => /^(?:jupyter|python):/.test(run))
    .map(([name]) => name);
}

/** Null where it can; otherwise why not, and how to have it. */
export async function whyNoNotebook(action: string): Promise<string | null> {
  const sandbox = await findSandbox(process.env, process.versions.node);
  if (typeof sandbox !== "function") return null;
  const { message, hint } = sandbox(action);
  return [message, hint].join("\n  ");
}
