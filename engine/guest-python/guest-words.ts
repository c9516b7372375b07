/** From the words of an action to what its guest runs; and the words by which the guest is started. */
import { guestBuild } from "./guest-build.ts";
import type { CannotRun, GuestProgram, GuestRequest } from "./guest-request.ts";
import { notebookProgram } from "./nbconvert-words.ts";

const PYTHON = /^python(?:3(?:\.\d+)?)?$/;
/** Options of the interpreter that change nothing here, and those with a word of their own. */
const HARMLESS = /^-[bBdEIOPqRsSuvx]+$/;
const WITH_WORD = /^-[WX]$/;

/** As the images of Python take them: without a program's name they are Python's. */
export function guestProgram(words: readonly string[]): GuestProgram | CannotRun {
  const [first = "", ...rest] = withoutVariables(words);
  if (first === "jupyter" || /^jupyter-\w+$/.test(first)) return jupyterProgram([first, ...rest]);
  if (PYTHON.test(first)) return pythonProgram(rest);
  if (/\.py$/.test(first) || first.startsWith("-")) return pythonProgram([first, ...rest]);
  return {
    kind: "cannot",
    why: `of programs it has python and jupyter nbconvert, and this names ${first === "" ? "none" : first}`,
  };
}

const VARIABLE = /^[A-Za-z_]\w*=/;

/** `NAME=value` of the words `env NAME=value … program …`. */
export function variablesIn(words: readonly string[]): readonly string[] {
  return words[0] === "env" ? words.slice(1, 1 + countVariables(words)) : [];
}

function withoutVariables(words: readonly string[]): readonly string[] {
  return words[0] === "env" ? words.slice(1 + countVariables(words)) : words;
}

function countVariables(words: readonly string[]): number {
  const count = words.slice(1).findIndex((word) => !VARIABLE.test(word));
  return count < 0 ? words.length - 1 : count;
}

function pythonProgram(words: readonly string[]): GuestProgram | CannotRun {
  const at = firstWord(words);
  const [word, name, ...rest] = words.slice(at);
  const kind = "python";
  if (word === undefined || word === "-") return { kind: "cannot", why: "it names no file to run" };
  if (word === "-c" || word === "-m") {
    if (name === undefined) return { kind: "cannot", why: `${word} is followed by nothing` };
    return { kind, form: word === "-c" ? "code" : "module", name, words: rest };
  }
  if (word.startsWith("-")) return { kind: "cannot", why: `it does not know the option ${word}` };
  return { kind, form: "file", name: word, words: words.slice(at + 1) };
}

function firstWord(words: readonly string[]): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (WITH_WORD.test(word)) at += 1;
    else if (!HARMLESS.test(word)) return at;
  }
  return words.length;
}

function jupyterProgram(words: readonly string[]): GuestProgram | CannotRun {
  const [first = "", ...rest] = words;
  const [command = "", ...options] = first === "jupyter" ? rest : [first.slice(8), ...rest];
  if (command === "nbconvert") return notebookProgram(options);
  return { kind: "cannot", why: `of Jupyter it has nbconvert, not ${command}` };
}

/** Our modules first on the path: what an action calls like them is not found in their place. */
export const GET_READY = `import sys
if "/${guestBuild.packagesPath}" not in sys.path:
    sys.path.insert(0, "/${guestBuild.packagesPath}")
`;

/** Texts of JSON are texts of Python too. */
export function codeToStart({ program, pandas, variables }: GuestRequest): string {
  const words =
    program.kind === "python"
      ? [program.form, program.name, ...program.words]
      : ["notebook", program.file, JSON.stringify(program)];
  const like = pandas ?? "None";
  const told = [words, variables].map((each) => JSON.stringify(each)).join(", ");
  return `${GET_READY}import cohortline_guest.start as s\ns.start(${like}, ${told})\n`;
}
