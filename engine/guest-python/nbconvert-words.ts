/** The words of `jupyter nbconvert`, as people write them in project.yaml. */
import { posix } from "node:path";
import type { CannotRun, NotebookProgram } from "./guest-request.ts";
import { inWorkspace } from "./workspace-path.ts";

type Read = (program: Draft, value: string) => Partial<Draft> | string;

/** A program while its words are read. */
type Draft = Omit<NotebookProgram, "kind" | "file"> & {
  readonly folder: string | null;
  readonly isInPlace: boolean;
};

const nothing: Read = () => ({});

/** Options with a value, by their names without dashes, in small letters. */
const valued: Readonly<Record<string, Read>> = {
  to: (_, value) =>
    value === "html" || value === "notebook"
      ? { to: value }
      : `it writes html and notebook, not ${value}`,
  output: (_, output) => ({ output }),
  "output-dir": (_, folder) => ({ folder }),
  ...both("timeout", (_, value) => ({ cellSeconds: secondsIn(value) }), ["executepreprocessor"]),
  ...both("allow_errors", (_, value) => ({ allowErrors: isTrue(value) }), ["executepreprocessor"]),
  ...both("enabled", (_, value) => ({ execute: isTrue(value) }), ["executepreprocessor"]),
  "templateexporter.exclude_input": (_, value) => ({ showInput: !isTrue(value) }),
  "htmlexporter.exclude_input": (_, value) => ({ showInput: !isTrue(value) }),
  "tagremovepreprocessor.remove_cell_tags": (_, value) => ({ removeCellTags: tagsIn(value) }),
  "tagremovepreprocessor.remove_input_tags": (_, value) => ({ removeInputTags: tagsIn(value) }),
  "tagremovepreprocessor.remove_all_outputs_tags": (_, value) => ({
    removeOutputTags: tagsIn(value),
  }),
  // Of one kernel and one look there is no choice, and removing tags needs no asking.
  ...Object.fromEntries(
    [
      ...["tagremovepreprocessor.enabled", "executepreprocessor.kernel_name", "template", "theme"],
      ...["executepreprocessor.iopub_timeout", "executepreprocessor.startup_timeout", "log-level"],
      ...["templateexporter.exclude_input_prompt", "templateexporter.exclude_output_prompt"],
      ...["htmlexporter.embed_images", "application.log_level"],
    ].map((name) => [name, nothing]),
  ),
};

/** Options without one. */
const flags: Readonly<Record<string, Partial<Draft>>> = {
  execute: { execute: true },
  "allow-errors": { allowErrors: true },
  "no-input": { showInput: false },
  inplace: { isInPlace: true },
  ...{ "no-prompt": {}, "embed-images": {}, y: {}, debug: {} },
};

const FIRST: Draft = {
  ...{ to: "html", output: "", folder: null, isInPlace: false },
  ...{ execute: false, showInput: true, allowErrors: false, cellSeconds: null },
  ...{ removeCellTags: [], removeInputTags: [], removeOutputTags: [] },
};

/** Words behind `jupyter nbconvert`. */
export function notebookProgram(words: readonly string[]): NotebookProgram | CannotRun {
  let draft = FIRST;
  const files: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) {
      files.push(word);
      continue;
    }
    const [, name = "", value] = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const flag = flags[name];
    if (flag !== undefined && value === undefined) {
      draft = { ...draft, ...flag };
      continue;
    }
    const read = valued[name.toLowerCase()];
    if (read === undefined) return cannot(`it does not know the option ${word}`);
    const more = read(draft, value ?? words[++at] ?? "");
    if (typeof more === "string") return cannot(more);
    draft = { ...draft, ...more };
  }
  return programOf(draft, files);
}

function programOf(draft: Draft, files: readonly string[]): NotebookProgram | CannotRun {
  const [named, ...others] = files;
  if (named === undefined) return cannot("it names no notebook");
  if (others.length > 0) return cannot("it converts one notebook at a time");
  const file = posix.normalize(inWorkspace(named));
  const output = outputOf(file, draft);
  if (draft.isInPlace || output === file) return cannot("it does not write over the notebook");
  if (/^\.\.|^\//.test(output) || /^\.\.|^\//.test(file)) {
    return cannot(`${output} is outside its folder`);
  }
  const { to, execute, showInput, allowErrors, cellSeconds } = draft;
  const { removeCellTags, removeInputTags, removeOutputTags } = draft;
  return {
    ...{ kind: "notebook", file, to, output, execute, showInput, allowErrors, cellSeconds },
    ...{ removeCellTags, removeInputTags, removeOutputTags },
  };
}

/** As nbconvert names it: beside the notebook, or where it is told to. */
function outputOf(file: string, { output, folder, to }: Draft): string {
  const extension = to === "html" ? ".html" : ".ipynb";
  const stem = posix.basename(file).replace(/\.ipynb$/, "");
  const usual = to === "html" ? stem : `${stem}.nbconvert`;
  const name = output === "" ? usual : inWorkspace(output);
  const whole = name.endsWith(extension) ? name : `${name}${extension}`;
  if (output.startsWith("/workspace/")) return posix.normalize(whole);
  const beside = folder === null ? posix.dirname(file) : inWorkspace(`${folder}/`);
  return posix.normalize(posix.join(beside, whole));
}

function cannot(why: string): CannotRun {
  return { kind: "cannot", why };
}

/** `name` of each class, and of nbconvert's own class. */
function both(
  name: string,
  read: Read,
  classes: readonly string[],
): Readonly<Record<string, Read>> {
  return Object.fromEntries(classes.map((each) => [`${each}.${name}`, read]));
}

function isTrue(value: string): boolean {
  return /^(?:true|1)$/i.test(value);
}

/** -1 and None are without end. */
function secondsIn(value: string): number | null {
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** `{"a", "b"}`, `['a']` and `a`. */
function tagsIn(value: string): readonly string[] {
  const quoted = [...value.matchAll(/["']([^"']+)["']/g)].map(([, tag = ""]) => tag);
  return quoted.length > 0 ? quoted : value.split(/[\s,{}[\]()]+/).filter((tag) => tag !== "");
}
