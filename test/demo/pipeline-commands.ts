/** What a project.yaml asks of cohortline, as words for its command line. */
import { plainYaml, readYamlTree } from "../../engine/base/yaml-tree.ts";

export interface PipelineCommand {
  /** The action's name in project.yaml. */
  readonly action: string;
  /** Words after the name of the program. */
  readonly words: readonly string[];
  /** Paths and patterns of the files it makes, from the workspace. */
  readonly outputs: readonly string[];
}

interface Project {
  readonly expectations: { readonly population_size: number };
  readonly actions: Readonly<Record<string, Action>>;
}

interface Action {
  readonly run: string;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The actions that cohortline can run, in the order of the file. Cohorts get dummy data of
 * `expectations.population_size` patients, as when a pipeline runs on a researcher's own machine.
 */
export function pipelineCommands(projectText: string): readonly PipelineCommand[] {
  const { root } = readYamlTree(projectText);
  if (root === null) throw new Error("project.yaml of the example cannot be read");
  const { actions, expectations } = plainYaml(root) as Project;
  return Object.entries(actions).flatMap(([action, { run, outputs }]) => {
    const [image = "", ...words] = shellWords(run);
    if (!image.startsWith("cohortextractor:")) return [];
    const population = `--expectations-population=${expectations.population_size}`;
    return {
      action,
      words: words[0] === "generate_cohort" ? [...words, population] : words,
      outputs: Object.values(outputs).flatMap((level) => Object.values(level)),
    };
  });
}

/** Words between blanks; quotes keep blanks and are dropped: `a "b c"` and `a="b c"`. */
export function shellWords(text: string): readonly string[] {
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
