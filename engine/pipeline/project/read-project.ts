/** From the text of a project.yaml to a project, with every problem and warning. */
import type { Problem } from "../../base/problems.ts";
import { hiddenPlace } from "../../base/yaml-hidden.ts";
import { readYamlTree } from "../../base/yaml-tree.ts";
import type { YamlEntry, YamlFault, YamlNode } from "../../base/yaml-node.ts";
import { checkGraph } from "./check-graph.ts";
import { checkOutputs } from "./check-outputs.ts";
import { checkRuns } from "./check-runs.ts";
import { DECEPTIVE } from "../../base/visible-text.ts";
import { inOrder, noFindings, report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import type { Project } from "./project.ts";
import { readActions } from "./read-actions.ts";
import { LENIENT_UNTIL, readPopulation, readVersion } from "./read-version.ts";
import { knownEntries, missingKey } from "./shape.ts";

export interface ReadProject {
  /** What could be understood, for tools that show it; run it only if there is no problem. */
  readonly project: Project | null;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
  /** What an old study may have. `--strict` makes problems of them. */
  readonly warnings: readonly Problem[];
}

/** Four times the largest known: 2,191 actions in a megabyte. */
export const MOST_BYTES = 4_194_304;
const UNSEEN = "a character that cannot be seen";
const START = { line: 1, column: 1 } as const;

/** Reports everything at once, except that text which is not YAML is not looked into. */
export function readProject(text: string): ReadProject {
  const findings = noFindings();
  const root = rootOf(text, findings);
  const project = root === null ? null : projectOf(root, text, findings);
  if (project !== null) {
    checkRuns(project, findings);
    checkOutputs(project, findings);
    checkGraph(project, findings);
  }
  const { problems, warnings } = findings;
  return { project, problems: inOrder(problems), warnings: inOrder(warnings) };
}

function rootOf(text: string, { problems }: Findings): YamlNode | null {
  if (Buffer.byteLength(text) > MOST_BYTES) {
    report(problems, "project-too-large", { what: "bytes", limit: MOST_BYTES }, START);
    return null;
  }
  const hidden = text.search(DECEPTIVE);
  if (hidden !== -1) {
    const before = text.slice(0, hidden).split("\n");
    const at = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
    report(problems, "project-syntax", { detail: UNSEEN }, at);
    return null;
  }
  const { root, faults } = readYamlTree(text);
  for (const fault of faults) reportFault(fault, problems);
  const unseen = root === null ? null : hiddenPlace(root);
  if (unseen !== null) {
    report(problems, "project-syntax", { detail: UNSEEN }, unseen);
    return null;
  }
  if (root === null && faults.length === 0) report(problems, "project-empty", {}, START);
  return root;
}

function reportFault({ kind, at, detail }: YamlFault, problems: Problem[]): void {
  switch (kind) {
    case "syntax":
      report(problems, "project-syntax", { detail }, at);
      break;
    case "tab":
      report(problems, "project-tab", {}, at);
      break;
    case "repeated-key":
      report(problems, "project-repeated-key", { key: detail }, at);
      break;
    default:
      report(problems, "project-yaml-feature", { feature: featureText(kind, detail) }, at);
  }
}

function featureText(kind: "alias" | "tag" | "documents", detail: string): string {
  return kind === "documents" ? "A second document" : `The ${kind} ${detail}`;
}

const KEYS: readonly string[] = ["version", "expectations", "actions"];

/** Old versions were read without a look at other keys: mostly an action that is not indented. */
function warnOfIgnored(entries: readonly YamlEntry[], { warnings }: Findings): void {
  for (const { key, at } of entries) {
    if (!KEYS.includes(key)) report(warnings, "project-key-ignored", { key }, at);
  }
}

function projectOf(root: YamlNode, text: string, findings: Findings): Project {
  const part = { node: root, what: "project.yaml" };
  const unknown = noFindings();
  const entries = knownEntries(part, KEYS, unknown);
  const version = readVersion(part, entries.get("version"), findings);
  if (root.kind === "map" && version <= LENIENT_UNTIL) warnOfIgnored(root.entries, findings);
  else findings.problems.unshift(...unknown.problems);
  const populationSize = readPopulation(part, entries.get("expectations"), { version, findings });
  const held = entries.get("actions");
  if (held === undefined && root.kind === "map") missingKey("actions", part, findings);
  const actions =
    held === undefined
      ? []
      : readActions({ node: held.value, what: "actions" }, { version, findings });
  return { version, populationSize, actions, text };
}
