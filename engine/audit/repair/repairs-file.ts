/** Repairs as a file: what is to be left out of measures. It names measures, rows and columns, and no number. */
import type { IsoDate } from "../../base/dates.ts";
import { byCodePoint } from "../../base/value-types.ts";
import type { MergedLabels, Rounding, WithheldFigure } from "../../measures/measure-spec.ts";
import { JsonValue, parsedJson } from "../describe/json-reader.ts";
import { sortedJson } from "../sorted-json.ts";

export type RepairAction =
  | { readonly withhold: Withholding }
  | { readonly drop: Dropping }
  | { readonly round: RoundingRun }
  | { readonly merge: MergedLabels };

/** One figure is left blank. */
export interface Withholding extends WithheldFigure {
  /** Id of the measure. */
  readonly measure: string;
}

/** A measure has no rows of a date. */
export interface Dropping {
  /** Id of the measure. */
  readonly measure: string;
  /** Absent = at all dates. */
  readonly date?: IsoDate;
}

/** All measures with groups are rounded, as if their author had said so. */
export interface RoundingRun {
  /** Never lower than what a measure has; absent = what it has. */
  readonly threshold?: number;
  readonly rounding: Rounding;
}

/** The same text for the same repairs. */
export function repairsText(actions: readonly RepairAction[]): string {
  const lines = actions.map(sortedJson).sort(byCodePoint);
  return `{"repairs": 1, "actions": [${lines.map((line) => `\n  ${line}`).join(",")}\n]}\n`;
}

/** Problems: audit-not-json, audit-description, which names the place. */
export function readRepairs(text: string, file: string): readonly RepairAction[] {
  const top = new JsonValue(parsedJson(text, file), file);
  top.object(["repairs", "actions"]);
  if (top.key("repairs").whole() !== 1) top.key("repairs").refuse("1");
  return top.key("actions").list().map(actionIn);
}

const ACTIONS = ["withhold", "drop", "round", "merge"];

function actionIn(value: JsonValue): RepairAction {
  const [[kind, of] = ["", value], ...more] = Object.entries(value.object(ACTIONS));
  if (kind === "" || more.length > 0) return value.refuse(`one of ${ACTIONS.join(", ")}`);
  if (kind === "merge") return { merge: mergedLabelsIn(of) };
  if (kind === "round") return { round: roundingRunIn(of) };
  return kind === "drop" ? { drop: droppingIn(of) } : { withhold: withholdingIn(of) };
}

function withholdingIn(value: JsonValue): Withholding {
  value.object(["measure", "date", "column", "groups"]);
  const groups = Object.entries(value.key("groups").object());
  return {
    measure: value.key("measure").text(),
    date: value.key("date").date(),
    column: value.key("column").text(),
    groups: Object.fromEntries(groups.map(([name, label]) => [name, label.text()])),
  };
}

function droppingIn(value: JsonValue): Dropping {
  const { date } = value.object(["measure", "date"]);
  return {
    measure: value.key("measure").text(),
    ...(date === undefined ? {} : { date: date.date() }),
  };
}

function roundingRunIn(value: JsonValue): RoundingRun {
  const { threshold } = value.object(["threshold", "rounding"]);
  const rounding = value.key("rounding");
  return {
    ...(threshold === undefined ? {} : { threshold: threshold.whole(1) }),
    rounding: rounding.isText("midpoint6") ? "midpoint6" : multipleIn(rounding),
  };
}

function multipleIn(rounding: JsonValue): Rounding {
  rounding.object(["to"]);
  return { to: rounding.key("to").whole(2) };
}

/** Named by their labels unless it is said how. */
function mergedLabelsIn(value: JsonValue): MergedLabels {
  const { into } = value.object(["column", "labels", "into"]);
  const labels = value.key("labels").texts();
  if (labels.length < 2 || new Set(labels).size < labels.length)
    value.key("labels").refuse("two labels or more, each once");
  return {
    column: value.key("column").text(),
    labels,
    into: into === undefined ? labels.join(" or ") : into.text(),
  };
}
