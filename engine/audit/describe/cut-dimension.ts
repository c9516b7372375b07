/** Columns that cut the answers to one question as a dimension, its values the answers that no label of them tells apart. */
import type { ColumnCut } from "../../measures/column-cut.ts";
import { hasText, isInAfter, listedTexts, orderOfTurns } from "../../measures/value-set.ts";
import type { TextSet, Turn, ValueSet } from "../../measures/value-set.ts";
import { foldText } from "../../base/fold-text.ts";
import type { Dimension } from "./description.ts";

/** A column of groups, with all labels that files show of it. */
export interface CutColumn {
  readonly column: string;
  readonly cut: ColumnCut;
  readonly shown: readonly string[];
}

/** A set of answers that all columns treat alike as far as they were looked at. */
interface Piece {
  readonly name: string;
  readonly isIn: (set: ValueSet) => boolean;
  /** The label of a column that shows the answers themselves; null where none is shown for it. */
  readonly own: (shown: readonly string[]) => string | null;
}

/** Why the labels of a column are not as the study has them; null where they are. */
export function oddLabels({ cut: { labels, answers }, shown }: CutColumn): string | null {
  if (labels === null) {
    if (answers === "number")
      return "numbers with fractions are printed in another way than they are compared";
    const isOdd = answers === "whole" && shown.some((label) => wholeIn(label) === null);
    return isOdd ? "a label is no whole number" : null;
  }
  const isKnown = (label: string): boolean => labelOf(label, labels) !== undefined;
  return shown.every(isKnown) ? null : "it has a label that the study does not give it";
}

/** Of two columns and more with the same question. */
export function cutDimension(name: string, columns: readonly CutColumn[]): Dimension {
  const pieces = columns[0]?.cut.answers === "text" ? textPieces(columns) : numberPieces(columns);
  const values = new Map<
    string,
    { readonly names: string[]; readonly labels: readonly string[] }
  >();
  for (const piece of pieces) {
    const labels = columns.map((column) => labelAt(column, piece));
    const key = JSON.stringify(labels);
    const alike = values.get(key);
    if (alike === undefined) values.set(key, { names: [piece.name], labels });
    else alike.names.push(piece.name);
  }
  const named = [...values.values()].map((each) => ({ ...each, name: each.names.join(" or ") }));
  const mapOf = (at: number): Readonly<Record<string, readonly string[]>> => {
    const found = new Map<string, string[]>();
    for (const { name: value, labels } of named) {
      const label = labels[at] ?? "";
      found.set(label, [...(found.get(label) ?? []), value]);
    }
    return Object.fromEntries(found);
  };
  return {
    name,
    values: named.map((each) => each.name),
    columns: Object.fromEntries(columns.map(({ column }, at) => [column, mapOf(at)])),
  };
}

/** As files print it, where they do. */
function labelAt({ cut: { labels }, shown }: CutColumn, piece: Piece): string {
  if (labels === null) return piece.own(shown) ?? piece.name;
  const label = labels.find(({ values }) => piece.isIn(values))?.label ?? "";
  return shown.find((each) => labelOf(each, labels) === label) ?? label;
}

/** A column that is counted elsewhere is printed as a number: `1.0` for 1. */
function labelOf(shown: string, labels: NonNullable<ColumnCut["labels"]>): string | undefined {
  const number = shown.trim() === "" ? NaN : Number(shown);
  const exact = labels.find(({ label }) => label === shown);
  return (exact ?? labels.find(({ label }) => label.trim() !== "" && Number(label) === number))
    ?.label;
}

function wholeIn(label: string): number | null {
  const number = label.trim() === "" ? NaN : Number(label);
  return Number.isSafeInteger(number) ? number : null;
}

function numberPieces(columns: readonly CutColumn[]): readonly Piece[] {
  const isWhole = columns[0]?.cut.answers === "whole";
  const cuts = columns.flatMap(({ cut: { labels }, shown }): readonly Turn[] =>
    labels === null
      ? shown.flatMap((label): readonly Turn[] => {
          const number = wholeIn(label);
          return number === null
            ? []
            : [
                [number, 0],
                [number + 1, 0],
              ];
        })
      : labels.flatMap(({ values }) => (values.kind === "numbers" ? values.turns : [])),
  );
  const turns = [...cuts]
    .sort(orderOfTurns)
    .filter((turn, at, all) => at === 0 || orderOfTurns(all[at - 1] ?? turn, turn) < 0);
  return [null, ...turns].map((from, at): Piece => {
    const to = turns[at] ?? null;
    const isOne = isWhole && from !== null && to?.[0] === from[0] + 1;
    return {
      name: rangeText(from, to, isWhole),
      isIn: (set) => set.kind === "numbers" && isInAfter(set, from),
      own: (shown) => (isOne ? (shown.find((label) => wholeIn(label) === from[0]) ?? null) : null),
    };
  });
}

function rangeText(from: Turn | null, to: Turn | null, isWhole: boolean): string {
  if (isWhole && from !== null && to !== null)
    return to[0] === from[0] + 1 ? String(from[0]) : `${from[0]} to ${to[0] - 1}`;
  const low = from === null ? "" : `${from[1] === 0 ? "from" : "above"} ${from[0]}`;
  const high = to === null ? "" : `${to[1] === 0 ? "below" : "up to"} ${to[0]}`;
  return [low, high].filter((text) => text !== "").join(" ") || "any";
}

function textPieces(columns: readonly CutColumn[]): readonly Piece[] {
  const shown = new Set(columns.flatMap(({ cut, shown: own }) => (cut.labels === null ? own : [])));
  const folded = new Set([...shown].map(foldText));
  const listed = columns.flatMap(({ cut }) =>
    (cut.labels ?? []).flatMap(({ values }) => (values.kind === "texts" ? values.listed : [])),
  );
  const unseen = listedTexts(listed).listed.filter((text) => !folded.has(text));
  const single = [...shown, ...unseen].sort().map((text): Piece => ({
    name: text,
    isIn: (set) => set.kind === "texts" && hasText(set, text),
    own: (labels) => (labels.includes(text) ? text : null),
  }));
  let rest = "any other";
  while (single.some(({ name }) => name === rest)) rest += " ";
  const isOther = (set: ValueSet): set is TextSet => set.kind === "texts" && set.others;
  return [...single, { name: rest, isIn: isOther, own: () => null }];
}
