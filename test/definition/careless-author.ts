/** What an author can do in JavaScript, where nothing checks types. */
import assert from "node:assert/strict";
import { patients } from "../../engine/index.ts";
import type { Problem } from "../../engine/base/problems.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import type { FunctionName } from "../../engine/definition/function-table.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { camelCase } from "../../engine/definition/snake-case.ts";

/** Calls a function as JavaScript without types can. */
export function call(name: FunctionName, ...given: readonly unknown[]): ColumnDefinition {
  const functions: Readonly<Record<string, unknown>> = { ...patients };
  const made = functions[camelCase(name)];
  assert.ok(typeof made === "function", `patients.${camelCase(name)} is missing`);
  return (made as (...args: readonly unknown[]) => ColumnDefinition)(...given);
}

/** A function as JavaScript without types sees it. */
export function untyped(known: unknown): (...args: readonly unknown[]) => unknown {
  return known as (...args: readonly unknown[]) => unknown;
}

/** The problems that writing this meets; fails where there is none. */
export function problemsOf(write: () => unknown): readonly Problem[] {
  try {
    write();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  throw new Error("no problem was reported");
}

/** Paths of all objects that could still be changed. */
export function thawed(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) => thawed(item, `${path}.${key}`));
  return Object.isFrozen(value) ? inside : [path, ...inside];
}
