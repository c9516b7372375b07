/** dates/ and expressions/: the two small languages of a definition. */
import { parseIsoDate } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { evaluateDate } from "../../engine/definition/dates/evaluate-date.ts";
import { formatCondition } from "../../engine/definition/conditions/format-condition.ts";
import { parseCondition } from "../../engine/definition/conditions/parse-condition.ts";
import { parseDateExpression } from "../../engine/definition/dates/parse-date-expression.ts";
import { expectEqual, expectProblem, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";

interface Step {
  readonly args: Recorded;
  readonly expect?: unknown;
  readonly expect_error?: unknown;
}

/** Any day does: a case that evaluates to today expects the mark `{"$today": true}`. */
const TODAY = "2024-02-29" as IsoDate;

export async function dateCase(recorded: Recorded): Promise<void> {
  for (const { args, expect, expect_error: error } of recorded["cases"] as Step[]) {
    const act = (): string => evaluated(args);
    if (error !== undefined) await expectProblem(error, act);
    else {
      const today = typeof expect === "object";
      expectEqual(act(), today ? TODAY : expect, String(args["expression"]));
    }
  }
}

/** An expression on a column stays as it is until patients are known. */
function evaluated(args: Recorded): string {
  const text = args["expression"] as string;
  const parsed = parseDateExpression(text, new Set(args["column_names"] as string[]));
  if (!parsed.ok) throw new ProblemError([parsed.problem]);
  const given = args["index_date"] as string | null;
  const indexDate = given === null ? null : parseIsoDate(given);
  return evaluateDate(parsed.expression, { indexDate, today: TODAY }) ?? text;
}

export async function expressionCase(recorded: Recorded): Promise<void> {
  for (const { args, expect, expect_error: error } of recorded["cases"] as Step[]) {
    const act = (): string => formatted(args);
    if (error !== undefined) await expectProblem(error, act);
    else expectEqual(spaced(act()), spaced((expect as { sql: string }).sql), "condition");
  }
}

function formatted(args: Recorded): string {
  const names = args["name_map"] as Readonly<Record<string, string>>;
  const empty = args["empty_value_map"] as Readonly<Record<string, string | number>>;
  const text = args["expression"] as string;
  // A bare text or number is no condition here; as part of a comparison it must be readable.
  const literal = /^(["']).*\1$/.test(text) && Object.keys(names).length === 0;
  const parsed = parseCondition(literal ? `${text} = ${text}` : text);
  if (!parsed.ok) throw new ProblemError([parsed.problem]);
  const sql = formatCondition(parsed.condition, {
    column: (name) => names[name] ?? mismatch(`unexpected name ${name}`),
    emptyValue: (name) => empty[name] ?? "",
  });
  return literal ? (sql.split(" = ")[0] ?? sql) : sql;
}

function spaced(sql: string): string {
  return sql
    .replace(/([()])/g, " $1 ")
    .replace(/\s+/g, " ")
    .trim();
}
