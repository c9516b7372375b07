/** How much of each codelist of an author the records hold in the periods of the study. */
import { codelistQuestions } from "../../plan/codelist-questions.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { recordedCodesStatements } from "../../sql/recorded-codes.ts";
import type { Speaking } from "../../sql/statements.ts";
import type { CodelistFound } from "../backend.ts";
import type { Records } from "./records.ts";
import type { SmallRow } from "./session.ts";

/** While the tables of the plan's codelists are there. Codelists that are looked for nowhere are left out. */
export async function recordedCodes(
  records: Records,
  plan: CohortPlan,
  speaking: Speaking,
): Promise<readonly CodelistFound[]> {
  const questions = codelistQuestions(plan);
  const answers = new Map<string, Answer>(
    questions.map(({ codelist }) => [codelist, { isCounted: true, some: false, codes: new Set() }]),
  );
  const names = new Map(plan.codelists.map(({ name, number }) => [number, name]));
  const numbered = (n: number): Answer | undefined => answers.get(names.get(n) ?? "");
  for (const statement of recordedCodesStatements(plan, speaking, questions)) {
    const rows = await records.session
      .rows(statement.query)
      .catch((error: unknown) => records.fail(error, []));
    if (statement.kind === "any") keepAny(answers.get(statement.codelist), rows);
    else for (const { n, code } of rows) numbered(Number(n))?.codes.add(String(code));
  }
  return plan.codelists.flatMap(({ name, authors }) => {
    const answer = answers.get(name);
    if (answer === undefined) return [];
    return authors.map(({ standIns, ...author }) => foundOf(author, new Map(standIns), answer));
  });
}

interface Answer {
  /** Whether each of its codes was looked for by itself. */
  isCounted: boolean;
  some: boolean;
  readonly codes: Set<string>;
}

function keepAny(answer: Answer | undefined, [row]: readonly SmallRow[]): void {
  if (answer === undefined) return;
  answer.isCounted = false;
  answer.some ||= Number(row?.["found"]) === 1;
}

function foundOf(
  author: Pick<CodelistFound, "files" | "columns" | "size">,
  standIns: ReadonlyMap<string, string>,
  { isCounted, some, codes }: Answer,
): CodelistFound {
  const recorded = new Set([...codes].map((code) => standIns.get(code) ?? code));
  return { ...author, recorded, isCounted, isSome: some || recorded.size > 0 };
}
