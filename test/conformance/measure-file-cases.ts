/** measures/ and measure-files/: from cohort files to measure files, text for text. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { studySuffix } from "../../engine/base/file-names.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { checkStudy } from "../../engine/definition/check/check-study.ts";
import type { MeasureDefinition } from "../../engine/definition/model.ts";
import { openMeasurePool } from "../../engine/measures/pool.ts";
import { measureCohorts } from "../../engine/commands/measures/measure-cohorts.ts";
import type { RunEvent } from "../../engine/commands/context.ts";
import { expectEqual, expectProblem } from "./case.ts";
import type { Recorded } from "./case.ts";
import { quietContext } from "./quiet-context.ts";
import { inScratchFolder } from "./scratch-folder.ts";
import { definitionOf } from "./study-of-case.ts";

export interface MeasuredFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly messages: readonly string[];
}

/** Measures the given cohort files as `generate_measures` does. Line ends as written. */
export function measureFiles(
  inputs: Readonly<Record<string, string>>,
  measures: readonly unknown[],
  study = "study_definition",
): Promise<MeasuredFiles> {
  return inScratchFolder(async (folder) => {
    for (const [name, text] of Object.entries(inputs)) writeFileSync(join(folder, name), text);
    const events: RunEvent[] = [];
    await measureCohorts(
      {
        study,
        suffix: studySuffix(study) ?? "",
        measures: checkedMeasures(measures),
        studyColumns: [],
        columnFacts: {
          kinds: {},
          growing: [],
          areas: [],
          relations: [],
          cuts: () => ({}),
          words: () => ({}),
        },
        secret: null,
        folder,
        format: "csv",
        skipExisting: false,
        strict: false,
        present: { definition: "", codelists: "", parameters: {} },
        pool: openMeasurePool({ workers: 1, files: 1, bytes: 0 }),
        engineVersion: "0.0.0",
      },
      quietContext(folder, events),
    );
    const names = readdirSync(folder).filter((name) => name.startsWith("measure_"));
    const files = names.map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
    const messages = events.flatMap(recordedMessages);
    return { files: Object.fromEntries(files), messages };
  });
}

/** What the recorded cases say of an event: nothing of groups and dates. */
function recordedMessages(event: RunEvent): readonly string[] {
  if (event.kind !== "suppressed") return [];
  const where = `in column ${event.column} in measure ${event.measure}`;
  const small = `Suppressed small numbers ${where}`;
  return event.more === 0 ? [small] : [small, `Additional suppression ${where}`];
}

/** Through the checker, with a study that defines no column: all come from the file, and are marked. */
function checkedMeasures(measures: readonly unknown[]): readonly MeasureDefinition[] {
  const population = { function: "all", args: {} };
  const marked = (measures as Readonly<Record<string, unknown>>[]).map((each) => ({
    ...each,
    from_file: [each["numerator"], each["denominator"], each["group_by"] ?? []].flat(),
  }));
  const definition = definitionOf({ population, columns: {}, column_order: [] }, marked);
  const checked = checkStudy("study_definition", definition);
  if (!checked.ok) throw new ProblemError(checked.problems);
  return checked.study.measures;
}

/** measure-files/: `inputs` to `expect.files`. */
export async function measureFileCase(recorded: Recorded): Promise<void> {
  const inputs = recorded["inputs"] as Readonly<Record<string, string>>;
  const measures = recorded["measures"] as readonly unknown[];
  const study = recorded["study_definition"] as string;
  const act = (): Promise<MeasuredFiles> => measureFiles(inputs, measures, study);
  if (recorded["expect_error"] !== undefined) return expectProblem(recorded["expect_error"], act);
  const expected = recorded["expect"] as { files: Record<string, string>; messages?: string[] };
  const { files, messages } = await act();
  for (const name of new Set([...Object.keys(expected.files), ...Object.keys(files)])) {
    expectEqual(files[name], expected.files[name]?.replaceAll("\r\n", "\n"), name);
  }
  if (expected.messages !== undefined) {
    expectEqual([...messages].sort(), [...expected.messages].sort(), "messages");
  }
}

interface DerivedCase {
  readonly case: string;
  readonly measure: Readonly<Record<string, unknown>>;
  readonly input_csv: string;
  readonly expect?: {
    readonly output_csv: string;
    readonly combined_csv: string;
    readonly messages: readonly string[];
  };
  readonly expect_error?: unknown;
}

/** measures/derived_measure_files.json: one measure, one file, its two outputs. */
export async function derivedMeasureFilesCase(recorded: Recorded): Promise<void> {
  for (const each of recorded["cases"] as DerivedCase[]) {
    const inputs = { "input_2020-01-01.csv": each.input_csv };
    const act = (): Promise<MeasuredFiles> => measureFiles(inputs, [each.measure]);
    if (each.expect === undefined) {
      await expectProblem(each.expect_error, act);
      continue;
    }
    const { files, messages } = await act();
    const { output_csv: perDate, combined_csv: combined } = each.expect;
    expectEqual(files["measure_m_2020-01-01.csv"], perDate, each.case);
    expectEqual(files["measure_m.csv"], combined.replaceAll("\r\n", "\n"), each.case);
    expectEqual(messages, each.expect.messages, `${each.case}: messages`);
  }
}
