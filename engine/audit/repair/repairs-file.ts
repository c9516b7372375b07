/** Repairs as a file: which figures are to be withheld. It names rows and columns, and no number. */
import { byCodePoint } from "../../base/value-types.ts";
import type { WithheldFigure } from "../../measures/measure-spec.ts";
import { JsonValue, parsedJson } from "../describe/json-reader.ts";
import { sortedJson } from "../sorted-json.ts";

export interface Withholding extends WithheldFigure {
  /** Id of the measure. */
  readonly measure: string;
}

/** The same text for the same repairs. */
export function repairsText(withheld: readonly Withholding[]): string {
  const lines = withheld.map((each) => sortedJson({ withhold: each })).sort(byCodePoint);
  return `{"repairs": 1, "actions": [${lines.map((line) => `\n  ${line}`).join(",")}\n]}\n`;
}

/** Problems: audit-not-json, audit-description, which names the place. */
export function readRepairs(text: string, file: string): readonly Withholding[] {
  const top = new JsonValue(parsedJson(text, file), file);
  top.object(["repairs", "actions"]);
  if (top.key("repairs").whole() !== 1) top.key("repairs").refuse("1");
  return top.key("actions").list().map(withholdingIn);
}

function withholdingIn(action: JsonValue): Withholding {
  action.object(["withhold"]);
  const value = action.key("withhold");
  value.object(["measure", "date", "column", "groups"]);
  const groups = Object.entries(value.key("groups").object());
  return {
    measure: value.key("measure").text(),
    date: value.key("date").date(),
    column: value.key("column").text(),
    groups: Object.fromEntries(groups.map(([name, label]) => [name, label.text()])),
  };
}
