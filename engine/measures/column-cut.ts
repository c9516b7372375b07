/** What a column of groups says of a question of the study: the manifest keeps it, so that an audit can compare columns. */
import { isRecord } from "../base/is-record.ts";
import { isValueSet } from "./value-set.ts";
import type { ValueSet } from "./value-set.ts";

export interface ColumnCut {
  /** The question whose answers are cut: the same text for the same question. */
  readonly base: string;
  /** The column that has the answer. */
  readonly name: string;
  /** What the answers are; whole numbers, as their labels do, have no fractions. */
  readonly answers: (typeof kindsOfAnswers)[number];
  /** Which answers each label stands for; null where each answer is its own label. */
  readonly labels: readonly CutLabel[] | null;
  /** Where all of it comes from, in words: two columns from the same place may cut one number. */
  readonly sources: Readonly<Record<string, string>>;
}

export interface CutLabel {
  readonly label: string;
  readonly values: ValueSet;
}

const kindsOfAnswers = ["whole", "number", "text"] as const;

/** By the name of the column. */
export type ColumnCuts = Readonly<Record<string, ColumnCut>>;

export function areColumnCuts(held: unknown): held is ColumnCuts {
  return isRecord(held) && Object.values(held).every(isColumnCut);
}

function isColumnCut(held: unknown): held is ColumnCut {
  if (!isRecord(held)) return false;
  const { base, name, answers, labels, sources } = held;
  const kind = answers === "text" ? "texts" : "numbers";
  const isLabel = (each: unknown): boolean =>
    isRecord(each) &&
    typeof each["label"] === "string" &&
    isValueSet(each["values"]) &&
    each["values"].kind === kind;
  return (
    typeof base === "string" &&
    typeof name === "string" &&
    kindsOfAnswers.some((each) => each === answers) &&
    (labels === null || (Array.isArray(labels) && labels.every(isLabel))) &&
    isRecord(sources) &&
    Object.values(sources).every((each) => typeof each === "string")
  );
}
