/** A project.yaml of actions in Python, and notebooks, for tests in the real sandbox. */
import type { Files } from "../commands/workspace.ts";

interface PythonAction {
  readonly image?: string;
  readonly version?: string;
  readonly run: string;
  readonly output: string | readonly string[];
  readonly needs?: readonly string[];
  /** Which files people may see has rules of its own. */
  readonly level?: string;
}

export function actions(of: Readonly<Record<string, PythonAction>>): Files {
  const blocks = Object.entries(of).map(([name, action]) => {
    const { image = "python", version = "v2", run, output, needs = [] } = action;
    const { level = "moderately_sensitive" } = action;
    const made = [output].flat().map((each, at) => `        made${String(at)}: ${each}\n`);
    return `  ${name}:
    run: ${JSON.stringify(`${image}:${version} ${run}`)}
    needs: [${needs.join(", ")}]
    outputs:
      ${level}:
${made.join("")}`;
  });
  return { "project.yaml": `version: 5\nactions:\n${blocks.join("")}` };
}

/** Of cells of code. */
export function notebookOf(sources: readonly string[]): string {
  return taggedNotebook(sources.map((source) => [[], source]));
}

/** Of cells of code with their tags. */
export function taggedNotebook(
  of: readonly (readonly [tags: readonly string[], source: string])[],
): string {
  const cells = of.map(([tags, source]) => ({
    ...{ cell_type: "code", metadata: { tags }, outputs: [], execution_count: null },
    source,
  }));
  const metadata = { kernelspec: { name: "python3", language: "python" } };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });
}
