/** How much of each codelist of a study was ever recorded: a code mistyped, or of another system, is silent otherwise. */
import type { CodelistFound, HearCodelists } from "../../backend/backend.ts";
import { someNames } from "../../base/wording.ts";
import type { CodelistTold, RunContext } from "../context.ts";
import { problem } from "../problems.ts";

export interface CodelistsHeard {
  readonly hear: HearCodelists;
  /** Says nothing where nothing was asked. Warning: codes-not-recorded. */
  readonly tell: (study: string, context: Pick<RunContext, "reporter">) => void;
}

/** Adds up over the parts of a run that were answered one after the other. */
export function hearCodelists(): CodelistsHeard {
  const heard = new Map<string, CodelistFound>();
  return {
    hear: (found) => {
      for (const each of found) {
        const key = JSON.stringify([each.files, each.columns, each.size]);
        const before = heard.get(key);
        heard.set(key, before === undefined ? each : together(before, each));
      }
    },
    tell: (study, { reporter }) => {
      const codelists = told([...heard.values()]);
      if (codelists.length === 0) return;
      reporter.report({ kind: "codelists", study, codelists });
      const missing = codelists.filter(({ occurring }) => occurring === 0);
      if (missing.length === 0) return;
      const names = missing.map(({ name }) => name);
      reporter.report({
        kind: "warning",
        problem: problem("codes-not-recorded", { study, codelists: names }),
      });
    },
  };
}

function together(one: CodelistFound, other: CodelistFound): CodelistFound {
  return {
    ...one,
    recorded: new Set([...one.recorded, ...other.recorded]),
    isCounted: one.isCounted && other.isCounted,
    isSome: one.isSome || other.isSome,
  };
}

/**
 * The number of codes that occur, never of patients or records: one code may be everybody's or one person's. Which codes
 * they are is not told either, so that a rare code is not pointed at.
 */
function told(found: readonly CodelistFound[]): readonly CodelistTold[] {
  const names = codelistNames(found);
  return found.map(({ columns, size, recorded, isCounted, isSome }, i) => {
    const occurring = isCounted ? recorded.size : isSome ? null : 0;
    return { name: names[i] ?? "", columns, codes: size, occurring };
  });
}

type Named = Pick<CodelistFound, "files" | "columns">;

/** By their files; those that are written in the study, or that share a file, by their columns. */
export function codelistNames(found: readonly Named[]): readonly string[] {
  const names = found.map(fileNames);
  return found.map(({ columns }, i) => {
    const name = names[i] ?? "";
    const isAmbiguous = name === "" || names.indexOf(name) !== names.lastIndexOf(name);
    return isAmbiguous ? `${name} of column ${someNames(columns)}`.trim() : name;
  });
}

/** As people speak of them: without folder and extension. */
function fileNames({ files }: Named): string {
  const names = files.map(({ file }) => file.replace(/^.*\//, "").replace(/\.csv$/i, ""));
  return [...new Set(names)].join(" + ");
}
