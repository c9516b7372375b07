import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { DECEPTIVE } from "../../base/visible-text.ts";
import { builtInWords, isBuiltIn } from "./project.ts";
import type { Action } from "./project.ts";
import { readActionWords } from "../../options/read-words.ts";
import type { ActionWords } from "../../options/read-words.ts";
import { textOf, wrongKind } from "./shape.ts";
import type { Part } from "./shape.ts";
import { shellWords } from "./shell-words.ts";

type ReadRun = Pick<Action, "run" | "image" | "version" | "words" | "request" | "fault">;

const IMAGE = /^([a-z0-9][a-z0-9_.-]*):((?:v[\d.]+(?:-pre)?)|dev|latest)$/i;
const MOST_LETTERS = 10_000;

/** What else an action has that its command is given. */
interface RunOf {
  readonly action: string;
  readonly config: string | null;
}

/** The parts of `run:`; image "" where they cannot be reported. Problems: run-empty, run-quotes, run-image. */
export function readRun({ action, config }: RunOf, part: Part | null, findings: Findings): ReadRun {
  const run = part === null ? null : textOf(part, findings);
  const unread = { run: run ?? "", image: "", version: "", words: [], ...noRequest };
  if (part === null || run === null || !isRunText(action, { part, run }, findings)) return unread;
  const { problems } = findings;
  const { at } = part.node;
  const words = shellWords(run);
  if (words === null) {
    report(problems, "run-quotes", { action }, at);
    return unread;
  }
  const [first = "", ...rest] = words;
  const [, image, version] = IMAGE.exec(first) ?? [];
  if (image === undefined || version === undefined) {
    report(problems, "run-image", { action, image: first }, at);
    return { ...unread, words: rest };
  }
  const given = config === null ? rest : [...rest, "--config", config];
  const asked = isBuiltIn({ image })
    ? readActionWords(builtInWords({ image, words: given }))
    : noRequest;
  return { run, image, version, words: rest, ...asked };
}

const noRequest: ActionWords = { request: null, fault: null };

/** Something, that can be seen, and not too long. */
function isRunText(
  action: string,
  { part, run }: { readonly part: Part; readonly run: string },
  findings: Findings,
): boolean {
  const { problems } = findings;
  const { at } = part.node;
  if (run.trim() === "") report(problems, "run-empty", { action }, at);
  else if (DECEPTIVE.test(run)) wrongKind(part, "text whose characters can be seen", findings);
  else if (run.length > MOST_LETTERS) {
    const what = `characters in the run: of ${action}`;
    report(problems, "project-too-large", { what, limit: MOST_LETTERS }, at);
  } else return true;
  return false;
}
