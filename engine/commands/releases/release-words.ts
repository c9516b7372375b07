/** What is said of measures in words: enough for whoever checks them, and nothing of a patient. */
import { holdsNhsNumbers, textHoldsNhsNumbers } from "../../release/nhs-number.ts";
import { namedPatients } from "../../release/patient-id-names.ts";
import { textColumns } from "../../release/text-columns.ts";
import { countedColumns, groupKeys, POPULATION } from "../../measures/measure-spec.ts";
import type { ReadFile } from "./read-release.ts";

/** Nobody reads more, and a table of patients is longer. */
const MOST_LETTERS = 20_000;

/** Why the context is none; `from` is where it stands. */
export function contextFindings(context: string, from: string): readonly string[] {
  if (context === "") return [`${from} says nothing of what the measures are about`];
  if (context.length > MOST_LETTERS) return [`${from} is longer than ${MOST_LETTERS} letters`];
  const named = namedPatients(".txt", context);
  const isNhs = textHoldsNhsNumbers(context) || textColumns(".txt", context).some(holdsNhsNumbers);
  return [
    ...(named === null ? [] : [`${from} ${named}`]),
    ...(isNhs ? [`${from} holds NHS numbers`] : []),
  ];
}

/** Columns of which neither the study nor the context says what they mean; null where the study says nothing at all. */
export function untoldColumns(
  { published: { spec, words } }: ReadFile,
  context: string,
): readonly string[] | null {
  if (words === undefined) return null;
  const named = new Set(context.match(/[\p{L}\p{N}_]+/gu));
  const columns = [POPULATION, ...countedColumns(spec), ...groupKeys(spec)];
  const lacking = columns.filter((name) => (Object.hasOwn(words, name) ? words[name] : "") === "");
  return [...new Set(lacking)].filter((name) => !named.has(name));
}
