/** Reading a part of a project.yaml as what it should be, reporting what it is not. */
import { nearestNames } from "../../base/nearest.ts";
import type { YamlEntry, YamlNode } from "../../base/yaml-node.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";

/** What a part is called in messages: `outputs of generate_cohorts`. */
export interface Part {
  readonly node: YamlNode;
  readonly what: string;
}

/** The entries of a mapping; none, and a problem, where it is something else. */
export function entriesOf({ node, what }: Part, findings: Findings): readonly YamlEntry[] {
  if (node.kind === "map") return node.entries;
  wrongKind({ node, what }, "a mapping: names followed by a colon", findings);
  return [];
}

/** `needs:` with nothing behind it is as if it were not there. */
export function isNothing(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** Its text; a number counts as text only where `numbers` says so. Null and a problem otherwise. */
export function textOf({ node, what }: Part, findings: Findings): string | null {
  if (node.kind === "scalar" && typeof node.value === "string") return node.value;
  wrongKind({ node, what }, "text", findings);
  return null;
}

export function wrongKind({ node, what }: Part, wanted: string, findings: Findings): void {
  report(findings.problems, "project-value-kind", { what, wanted }, node.at);
}

/** Reports keys that do not belong; gives those that do, by name. */
export function knownEntries(
  part: Part,
  known: readonly string[],
  findings: Findings,
): ReadonlyMap<string, YamlEntry> {
  const found = new Map<string, YamlEntry>();
  for (const entry of entriesOf(part, findings)) {
    if (known.includes(entry.key)) {
      found.set(entry.key, entry);
      continue;
    }
    const nearest = nearestNames(entry.key, known);
    const facts = { key: entry.key, where: capital(part.what), known, nearest };
    report(findings.problems, "project-key-unknown", facts, entry.at);
  }
  return found;
}

export function missingKey(key: string, part: Part, findings: Findings): void {
  const facts = { key, where: capital(part.what) };
  report(findings.problems, "project-key-missing", facts, part.node.at);
}

function capital(text: string): string {
  return text === "project.yaml" ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
