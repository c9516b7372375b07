/** A folder with cohort files that goes away after the test. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import { measureTask } from "../../engine/measures/measure-task.ts";
import type { MeasureTask } from "../../engine/measures/measure-task.ts";

/** Files by name, until the test ends. */
export function cohortFolder(
  context: TestContext,
  files: Readonly<Record<string, string>>,
): string {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-"));
  context.after(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Text of every file whose name begins so. */
export function textsIn(folder: string, start: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.startsWith(start));
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

/** `input_2020-01-01.csv` → a task for that date. */
export function taskFor(
  folder: string,
  name: string,
  measures: readonly MeasureSpec[],
): MeasureTask {
  const date = isoDateOf(/\d{4}-\d{2}-\d{2}/.exec(name)?.[0] ?? "");
  return measureTask({ file: join(folder, name), date, folder, measures });
}
