/** Logs, notes and pages that people and the engine leave in a study: no code, unless code names them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project/project.ts";
import { firstBytes } from "../repository/plain-file.ts";
import { MADE_BY_ENGINE } from "../../base/made-by-engine.ts";
import { SOURCE_CODE } from "./never-code.ts";

const LOG =
  /\.(?:log|out|tmp|bak|swp|orig)$|~$|(?:^|\/)(?:\.DS_Store|Thumbs\.db|\.RData|\.Rhistory)$/i;
/** At the top of the study: elsewhere it may be a template. */
const NOTE = /^[^/]+\.(?:md|txt|html?|svg|mmd|pdf|docx?|odt|rtf|rst)$/i;
const PAGE = /\.(?:html?|svg)$/i;
const MARK_WITHIN = 512;

/** Those of `untracked` that are notes. `code` are all files that may be code. */
export function notesAmong(
  untracked: readonly string[],
  code: readonly string[],
  { root, project }: { readonly root: string; readonly project: Project },
): ReadonlySet<string> {
  const pages = untracked.filter((path) => PAGE.test(path) && isOurs(join(root, path)));
  const notes = untracked.filter((path) => LOG.test(path) || NOTE.test(path));
  if (notes.length === 0) return new Set(pages);
  const texts = [...commandTexts(project), ...scriptTexts(root, code, new Set(notes))];
  const isNamed = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return texts.some((text) => text.includes(name));
  };
  return new Set([...pages, ...notes.filter((path) => !isNamed(path))]);
}

/** A page or picture that the engine drew of a run. */
function isOurs(file: string): boolean {
  return firstBytes(file, MARK_WITHIN).toString("latin1").includes(MADE_BY_ENGINE);
}

function commandTexts({ actions }: Project): readonly string[] {
  return actions.flatMap(({ run, config, dummyDataFile }) => [
    run,
    config ?? "",
    dummyDataFile ?? "",
  ]);
}

const MOST_SCRIPTS = 2_000;

function scriptTexts(
  root: string,
  code: readonly string[],
  notes: ReadonlySet<string>,
): readonly string[] {
  const scripts = code.filter((path) => SOURCE_CODE.test(path) && !notes.has(path));
  return scripts.slice(0, MOST_SCRIPTS).map((path) => readFileSync(join(root, path), "utf8"));
}
