/** Reading a part of a mapping file as what it should be, and noting what it is not. */
import type { FactsOf, Problem } from "../../base/problems.ts";
import { nearestNames } from "../../base/nearest.ts";
import type { YamlEntry, YamlMark, YamlNode } from "../../base/yaml-node.ts";
import { problem } from "./problems.ts";
import type { mappingProblems } from "./problems.ts";

/** All that is wrong with one file. */
export class Notes {
  readonly problems: Problem[] = [];
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** More than anybody reads are not kept: aliases can repeat one mistake a million times. */
  note<Code extends keyof typeof mappingProblems>(
    code: Code,
    facts: FactsOf<(typeof mappingProblems)[Code]>,
    at: YamlMark,
  ): void {
    if (this.problems.length < MOST_NOTES)
      this.problems.push(problem(code, facts, { file: this.file, ...at }));
  }

  /** In the order of the file. */
  inOrder(): readonly Problem[] {
    return [...this.problems].sort(
      (a, b) =>
        (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
        (a.place?.column ?? 0) - (b.place?.column ?? 0),
    );
  }
}

const MOST_NOTES = 100;

export interface Part {
  readonly node: YamlNode;
  /** In messages: "tables.events". */
  readonly what: string;
}

export function wrong({ node, what }: Part, wanted: string, notes: Notes): null {
  notes.note("mapping-value", { what, wanted }, node.at);
  return null;
}

export function entriesOf(part: Part, notes: Notes): readonly YamlEntry[] {
  if (part.node.kind === "map") return part.node.entries;
  wrong(part, "a mapping: names followed by a colon", notes);
  return [];
}

/** By name; a key that does not belong is noted. */
export function knownEntries(
  part: Part,
  known: readonly string[],
  notes: Notes,
): ReadonlyMap<string, YamlEntry> {
  const found = new Map<string, YamlEntry>();
  for (const entry of entriesOf(part, notes)) {
    if (known.includes(entry.key)) found.set(entry.key, entry);
    else noteUnknown(`In ${part.what} the key`, entry, known, notes);
  }
  return found;
}

export function noteUnknown(
  what: string,
  { key: name, at }: Pick<YamlEntry, "key" | "at">,
  known: readonly string[],
  notes: Notes,
): void {
  notes.note("mapping-unknown", { what, name, known, nearest: nearestNames(name, known) }, at);
}

/** Names and codes are long at times; nothing that is meant is longer. */
const LONGEST_TEXT = 1_000;

export function textOf(part: Part, notes: Notes): string | null {
  const { node } = part;
  if (node.kind !== "scalar" || typeof node.value !== "string" || node.value === "")
    return wrong(part, "a text", notes);
  return node.value.length <= LONGEST_TEXT
    ? node.value
    : wrong(part, `a text of at most ${LONGEST_TEXT} characters`, notes);
}

/** A text, or what is written as a number or truth value, as it stands. */
export function wordOf(part: Part, notes: Notes): string | null {
  const { node } = part;
  if (node.kind !== "scalar" || node.value === null) return wrong(part, "a text", notes);
  return node.text.length <= LONGEST_TEXT
    ? node.text
    : wrong(part, `a text of at most ${LONGEST_TEXT} characters`, notes);
}

export function itemsOf(part: Part, most: number, notes: Notes): readonly YamlNode[] {
  const { node } = part;
  if (node.kind !== "list" || node.items.length === 0) {
    wrong(part, "a list", notes);
    return [];
  }
  if (node.items.length <= most) return node.items;
  wrong(part, `a list of at most ${most}`, notes);
  return [];
}

/** Ids of concepts have 32 bits; 0 stands for what no vocabulary has. */
export function isConcept(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 2 ** 31;
}

const MOST_CONCEPTS = 1_000;

export function conceptsOf(part: Part, notes: Notes): readonly number[] | null {
  const items = itemsOf(part, MOST_CONCEPTS, notes);
  const concepts = items.map((node) => (node.kind === "scalar" ? node.value : null));
  const known = concepts.filter(isConcept);
  if (known.length === concepts.length) return known.length === 0 ? null : known;
  return wrong(part, "ids of concepts, each from 1, such as [9202, 581477]", notes);
}

export function isTrue(part: Part, notes: Notes): boolean | null {
  const { node } = part;
  if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
  return wrong(part, "true or false", notes);
}
