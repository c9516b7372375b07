/** `with_ethnicity_from_sus`. */
import type { ethnicity } from "../../engine/definition/functions/ethnicity.ts";
import { ownRows } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { lowest } from "./order.ts";
import { text } from "./row.ts";

const SOURCES = [
  ["APCS_ARCHIVED", "Ethnic_Group"],
  ["EC_ARCHIVED", "Ethnic_Category"],
  ["OPA_ARCHIVED", "Ethnic_Category"],
] as const;

const GROUPS_OF_16 = "ABCDEFGHJKLMNPRS";
const GROUPS_OF_6 = ["ABC", "DEFG", "HJKL", "MNP", "RS"];

/** The code recorded most often, of several such the lowest. */
function ethnicityFromSus(asked: Asked<"with_ethnicity_from_sus">): Found {
  const counts = new Map<string, number>();
  for (const [table, column] of SOURCES) {
    for (const row of ownRows(asked, table)) {
      const code = text(row, column);
      if (code === null || code === "99" || /^z/i.test(code)) continue;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  const winner = lowest([...counts], ([code, count]) => [-count, code]);
  return winner === null ? nothing : found(groupOf(winner[0], asked.column.args.returning));
}

/** By the first letter; 0 for letters without a group. */
export function groupOf(code: string, grouping: string): string {
  if (grouping === "code") return code;
  const letter = code.slice(0, 1).toUpperCase();
  if (letter === "") return "0";
  return grouping === "group_6"
    ? String(GROUPS_OF_6.findIndex((letters) => letters.includes(letter)) + 1)
    : String(GROUPS_OF_16.indexOf(letter) + 1);
}

export const answerEthnicity: AnswerFamily<typeof ethnicity> = {
  with_ethnicity_from_sus: ethnicityFromSus,
};
