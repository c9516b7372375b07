/** Words of text columns as numbers, so that a text leaves the database as a number and is made once. */
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import type { WordType } from "../../sql/render-words.ts";
import { wordQueries } from "../../sql/word-queries.ts";
import type { Speaking } from "../../sql/statements.ts";
import type { TextNumbering } from "./records.ts";

export interface NumberedWords {
  /** Of the type that numbers the words, by column. */
  readonly types: ReadonlyMap<string, WordType>;
  /** The words in the order of their numbers, by column. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** All words are texts. */
export const NO_WORDS: NumberedWords = { types: new Map(), lists: new Map() };

/** None where the database does not number texts, and of no column with more than `most`. */
export async function numberWords(
  numbering: TextNumbering | null,
  { plan, speaking }: { readonly plan: CohortPlan; readonly speaking: Speaking },
  most: number,
): Promise<NumberedWords> {
  if (numbering === null) return NO_WORDS;
  const types = new Map<string, WordType>();
  const lists = new Map<string, readonly string[]>();
  for (const { column, name, query } of wordQueries(plan, speaking)) {
    const numbered = await numbering.number(name, query, most);
    if (numbered === null) continue;
    types.set(column, numbered.type);
    lists.set(column, numbered.texts);
  }
  return { types, lists };
}
