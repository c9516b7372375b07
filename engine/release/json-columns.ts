import type { TextColumn } from "./text-column.ts";

const DEEPEST = 100;

/** JSON, or a JSON value in each line. Null where it is neither. */
export function parsedJson(text: string): unknown {
  const whole = jsonOrUndefined(text);
  if (whole !== undefined) return whole;
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const values = lines.map(jsonOrUndefined).filter((value) => value !== undefined);
  return values.length * 2 >= lines.length && values.length > 0 ? values : null;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What stands under one name is a column, wherever; so is what stands in one list; so are names. */
export function jsonColumns(text: string): readonly TextColumn[] {
  const named = new Map<string, string[]>();
  const columns: TextColumn[] = [];
  const visit = (value: unknown, name: string, depth: number): void => {
    if (depth > DEEPEST) return;
    if (Array.isArray(value)) {
      const items = value.filter(isCell).map(String);
      if (items.length > 1) columns.push({ name, values: items });
      for (const item of value) if (!isCell(item)) visit(item, name, depth + 1);
    } else if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value);
      if (entries.length > 1) columns.push({ name, values: entries.map(([key]) => key) });
      for (const [key, held] of entries) visit(held, key, depth + 1);
    } else if (isCell(value)) {
      const values = named.get(name) ?? [];
      named.set(name, values);
      values.push(String(value));
    }
  };
  visit(parsedJson(text), "", 0);
  for (const [name, values] of named) columns.push({ name, values });
  return columns;
}

function isCell(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
