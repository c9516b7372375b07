/** Cells of published files as numbers: what is written otherwise than numbers of patients are is refused, and never guessed. */
import { groupedDigits } from "../../base/shown-numbers.ts";
import { floatText } from "../../base/value-types.ts";
import type { PublishingRule } from "./description.ts";
import { UNLIMITED } from "./printed-number.ts";

/** Digits, and nothing but zeros behind a point: `4` and `4.0`; null for anything else. */
export function wholeNumber(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  const number = Number(text);
  return number <= UNLIMITED ? number : null;
}

const WHOLE = /^(?:0|[1-9]\d*)(?:\.0+)?$/;

export function wholeWords({ isOurs, as }: PublishingRule): string {
  const hidden =
    !isOurs && as === "star" ? "*" : !isOurs && as === "withheld" ? "blank or *" : "blank";
  return `a whole number from 0 to ${groupedDigits(UNLIMITED)} in digits, or ${hidden} where it is hidden`;
}

/** What stands for a number that is hidden. */
export function isHiddenText(text: string, { isOurs, as }: PublishingRule): boolean {
  if (text === "") return isOurs || as !== "star";
  return text === "*" && !isOurs && (as === "star" || as === "withheld");
}

/** The first cell of a column of ours that is not as cohortline prints it, or null: all with a point, or none, and none beside a blank. */
export function oddlyPrinted(texts: readonly string[]): number | null {
  const shown = texts.filter((text) => text !== "");
  const isPointed = shown.length < texts.length || (shown[0]?.includes(".") ?? false);
  const at = texts.findIndex((text) => text !== "" && !isAsPrinted(text, isPointed));
  return at < 0 ? null : at;
}

function isAsPrinted(text: string, isPointed: boolean): boolean {
  return isPointed ? text.endsWith(".0") && !text.endsWith(".00") : !text.includes(".");
}

/** Whether it is blank, a ratio, or what division by nobody prints. */
export function isValue(text: string, { isOurs }: PublishingRule, [n, d]: Ratio): boolean {
  if (text === "" || RATIO.test(text)) return true;
  return isOurs ? text === floatText(n / d) : text === "*" || (text === "inf" && d === 0);
}

type Ratio = readonly [above: number, below: number];

const RATIO = /^\d+(?:\.\d+)?(?:e-\d+)?$/;
