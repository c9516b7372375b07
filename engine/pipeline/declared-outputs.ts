/** Which single files the actions of a project.yaml declare as outputs of a command. */
import { parseYaml } from "../base/yaml.ts";
import type { OutputPolicy } from "../run/reporter.ts";

interface DeclaredAction {
  /** `generate_measures` of `cohortextractor:latest generate_measures --study-definition …`. */
  readonly command: string;
  /** Null where the action runs all studies. */
  readonly study: string | null;
  readonly outputs: readonly string[];
}

/**
 * The policy for one command and study: write what its own action declares, ignore what another action
 * declares, refuse the rest. Only names without `*` count: a study may not write cohorts or measures.
 */
export function outputPolicy(project: unknown, command: string, study: string): OutputPolicy {
  const actions = declaredActions(project);
  const own = actions.filter((action) => action.command === command && runs(action, study));
  const decide = (path: string): "write" | "ignore" | "refuse" => {
    if (own.some(({ outputs }) => outputs.includes(path))) return "write";
    return actions.some(({ outputs }) => outputs.includes(path)) ? "ignore" : "refuse";
  };
  return { decide, declared: actions.flatMap(({ outputs }) => outputs) };
}

function runs(action: DeclaredAction, study: string): boolean {
  return action.study === null || action.study === study;
}

/** Null when the text is not YAML; a project of another shape declares nothing. */
export function parseProject(text: string): unknown {
  return parseYaml(text);
}

function declaredActions(project: unknown): readonly DeclaredAction[] {
  return Object.values(mapping(mapping(project)["actions"])).map((action) => {
    const { run, outputs } = mapping(action) as { run?: unknown; outputs?: unknown };
    const words = typeof run === "string" ? run.trim().split(/\s+/) : [];
    const files = Object.values(mapping(outputs)).flatMap((level) => Object.values(mapping(level)));
    return { command: words[1] ?? "", study: studyOf(words), outputs: files.filter(isPlainName) };
  });
}

function studyOf(words: readonly string[]): string | null {
  const joined = words.find((word) => word.startsWith("--study-definition="));
  const name = joined?.split("=")[1] ?? words[words.indexOf("--study-definition") + 1];
  const given = joined !== undefined || words.includes("--study-definition");
  return given && name !== undefined && name !== "all" ? name : null;
}

function isPlainName(file: unknown): file is string {
  return typeof file === "string" && !file.includes("*");
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
