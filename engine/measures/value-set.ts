/** Sets of the values of a column: numbers by the places where a set begins and ends, or texts that are listed. */
import { foldText } from "../base/fold-text.ts";
import { isRecord } from "../base/is-record.ts";

export type ValueSet = NumberSet | TextSet;

/** Between two numbers: just before `at` (0) or just after it (1). */
export type Turn = readonly [at: number, after: 0 | 1];

export interface NumberSet {
  readonly kind: "numbers";
  /** Whether the lowest numbers are in it. */
  readonly low: boolean;
  /** Ascending: at each what is in begins to be out, or the other way round. */
  readonly turns: readonly Turn[];
}

export interface TextSet {
  readonly kind: "texts";
  /** Whether texts that are not listed are in it; then those listed are not. */
  readonly others: boolean;
  /** Folded, as databases compare them. */
  readonly listed: readonly string[];
}

export function orderOfTurns([a, afterA]: Turn, [b, afterB]: Turn): number {
  return a - b || afterA - afterB;
}

/** Numbers from one turn to the next; null for no end. */
export function numbersBetween(from: Turn | null, to: Turn | null): NumberSet {
  if (from !== null && to !== null && orderOfTurns(from, to) >= 0)
    return { kind: "numbers", low: false, turns: [] };
  return { kind: "numbers", low: from === null, turns: [from, to].filter((each) => each !== null) };
}

export function listedTexts(texts: readonly string[]): TextSet {
  return { kind: "texts", others: false, listed: [...new Set(texts.map(foldText))].sort() };
}

export function complementOf(set: ValueSet): ValueSet {
  return set.kind === "numbers" ? { ...set, low: !set.low } : { ...set, others: !set.others };
}

/** Of sets of one kind. */
export function unionOf(a: ValueSet, b: ValueSet): ValueSet {
  if (a.kind === "numbers" && b.kind === "numbers") return numbersInEither(a, b);
  if (a.kind === "texts" && b.kind === "texts") return textsInEither(a, b);
  throw new TypeError("numbers beside texts");
}

/** Of sets of one kind. */
export function intersectionOf(a: ValueSet, b: ValueSet): ValueSet {
  return complementOf(unionOf(complementOf(a), complementOf(b)));
}

function numbersInEither(a: NumberSet, b: NumberSet): NumberSet {
  const turns: Turn[] = [];
  const low = a.low || b.low;
  let isIn = low;
  for (const turn of [...a.turns, ...b.turns].sort(orderOfTurns)) {
    const now = isInAfter(a, turn) || isInAfter(b, turn);
    if (now !== isIn) turns.push(turn);
    isIn = now;
  }
  return { kind: "numbers", low, turns };
}

function textsInEither(a: TextSet, b: TextSet): TextSet {
  if (!a.others && !b.others)
    return { ...a, listed: [...new Set([...a.listed, ...b.listed])].sort() };
  if (a.others && b.others)
    return { ...a, listed: a.listed.filter((each) => b.listed.includes(each)) };
  const [most, few] = a.others ? [a, b] : [b, a];
  return { ...most, listed: most.listed.filter((each) => !few.listed.includes(each)) };
}

export function isEmptySet(set: ValueSet): boolean {
  return set.kind === "numbers"
    ? !set.low && set.turns.length === 0
    : !set.others && set.listed.length === 0;
}

/** Whether the numbers that follow the turn are in it; null for the lowest. */
export function isInAfter({ low, turns }: NumberSet, turn: Turn | null): boolean {
  if (turn === null) return low;
  const passed = turns.filter((each) => orderOfTurns(each, turn) <= 0).length;
  return low !== (passed % 2 === 1);
}

export function hasText({ others, listed }: TextSet, text: string): boolean {
  return listed.includes(foldText(text)) !== others;
}

export function isValueSet(held: unknown): held is ValueSet {
  if (!isRecord(held)) return false;
  const { kind, low, turns, others, listed } = held;
  if (kind === "texts")
    return (
      typeof others === "boolean" &&
      Array.isArray(listed) &&
      listed.every((each) => typeof each === "string")
    );
  if (kind !== "numbers" || typeof low !== "boolean" || !Array.isArray(turns)) return false;
  return (
    turns.every(isTurn) &&
    turns.every((turn, at) => at === 0 || orderOfTurns(turns[at - 1] as Turn, turn) < 0)
  );
}

function isTurn(held: unknown): held is Turn {
  if (!Array.isArray(held) || held.length !== 2) return false;
  const [at, after] = held as readonly unknown[];
  return typeof at === "number" && Number.isFinite(at) && (after === 0 || after === 1);
}
