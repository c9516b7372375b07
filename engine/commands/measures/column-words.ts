/** What a study asks for in each column, in words that people who check outputs read beside its measures. */
import { createHash } from "node:crypto";
import { isRecord } from "../../base/is-record.ts";
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import { formatCondition } from "../../definition/conditions/format-condition.ts";

/** Longer texts say that they go on. */
const MOST_LETTERS = 400;

export type ColumnWords = Readonly<Record<string, string>>;

/**
 * Of the columns named and of all that they read, `population` among them if it is named. No code stands in it: a list
 * is named, counted, and marked by its codes.
 */
export function columnWords({
  columns,
}: Pick<CheckedStudy, "columns">): (names: readonly string[]) => ColumnWords {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const known = new Map<string, string>();
  const textOf = (column: CheckedColumn): string => {
    const text = known.get(column.name) ?? wordsOf(column);
    known.set(column.name, text);
    return text;
  };
  return (names) => {
    const found = new Map<string, string>();
    const follow = (name: string): void => {
      const column = byName.get(name);
      if (column === undefined || found.has(name)) return;
      found.set(name, textOf(column));
      for (const read of column.reads) follow(read);
    };
    for (const name of names) follow(name);
    return Object.fromEntries(found);
  };
}

/** What says how a column is drawn where there are no records, or is told by the rules. */
const NOT_TOLD: ReadonlySet<string> = new Set([
  ...["return_expectations", "extra_columns", "expression", "category_definitions"],
]);

function wordsOf(column: CheckedColumn): string {
  const { args, rules } = column;
  const given = Object.entries(args).flatMap(([name, value]) =>
    NOT_TOLD.has(name) || value === null || value === undefined || value === false
      ? []
      : [`${plain(name)} ${valueText(value)}`],
  );
  const [first] = rules ?? [];
  // A flag is who it is of.
  const isFlag = column.function === "satisfying" && given.length === 0;
  const parts =
    isFlag && first !== undefined && first.when !== null
      ? [`satisfying ${conditionText(first.when)}`]
      : [plain(column.function), ...given, ...(rules ?? []).map(ruleText)];
  const text = parts.join("; ");
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;
}

function plain(name: string): string {
  return name.replaceAll("_", " ");
}

function ruleText({ value, when }: NonNullable<CheckedColumn["rules"]>[number]): string {
  return when === null ? `otherwise ${value}` : `${value} where ${conditionText(when)}`;
}

function conditionText(when: Parameters<typeof formatCondition>[0]): string {
  const names = { column: (name: string) => name, emptyValue: () => "" };
  // A flag alone is asked whether it is not its empty value.
  return formatCondition(when, names).replace(/\((\w+) != ''\)/g, "$1");
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return listText(value);
  if (!isRecord(value)) return value === true ? "" : String(value);
  const { codes } = value;
  if (Array.isArray(codes)) return codelistText(value, codes);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${valueText(each)}`)
    .join(", ");
}

/** Of a period an open end is null. */
function listText(values: readonly unknown[]): string {
  const [first, second] = values;
  if (values.length === 2 && first === null) return `any day up to ${valueText(second)}`;
  if (values.length === 2 && second === null) return `${valueText(first)} and any day later`;
  return values.map(valueText).join(values.length === 2 ? " and " : ", ");
}

/** `codelists/asthma.csv (12 snomed codes, 1a2b3c4d)`: other codes have other letters. */
function codelistText(
  { system, files }: Readonly<Record<string, unknown>>,
  codes: readonly unknown[],
): string {
  const mark = createHash("sha256").update(JSON.stringify(codes)).digest("hex").slice(0, 8);
  const counted = `${codes.length} ${typeof system === "string" ? `${system} ` : ""}codes, ${mark}`;
  const names = Array.isArray(files)
    ? files.flatMap((each) =>
        isRecord(each) && typeof each["file"] === "string" ? [each["file"]] : [],
      )
    : [];
  return names.length === 0 ? `of ${counted}` : `${[...new Set(names)].join(" + ")} (${counted})`;
}
