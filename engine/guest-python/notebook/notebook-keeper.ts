/** Keeps what the cells of a notebook show as they run, and writes it when they have, or cannot go on. */
import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, posix } from "node:path";
import { enclose } from "../../files/enclosure.ts";
import { readFileIn } from "../../files/enclosed-file.ts";
import type { GuestEnd, NotebookProgram } from "../guest-request.ts";
import { notebookIn, outputIn } from "./notebook.ts";
import type { CellOutput, Notebook } from "./notebook.ts";
import { notebookText, ranCells } from "./ran-notebook.ts";
import { makeFolder } from "../../files/make-folder.ts";

export interface NotebookKeeper {
  /** A cell begins; its outputs follow. */
  readonly begin: (cell: number) => void;
  readonly add: (output: unknown) => void;
  /** Cells of code that have begun. */
  readonly count: () => number;
  readonly write: (end: GuestEnd) => Promise<GuestEnd>;
}

/** Of all outputs together, as text: a page that no browser shows helps nobody. */
const MOST_LETTERS = 500_000_000;

export function notebookKeeper(workspace: string, program: NotebookProgram): NotebookKeeper {
  const outputs = new Map<number, CellOutput[]>();
  // Before any cell runs: a cell may write over its notebook.
  const notebook = notebookAt(join(workspace, program.file));
  let at = -1;
  let letters = 0;
  return {
    begin: (cell) => {
      at = cell;
      outputs.set(cell, []);
    },
    add: (value) => {
      const output = outputIn(value);
      letters += JSON.stringify(value).length;
      if (output === null || letters > MOST_LETTERS) return;
      outputs.get(at)?.push(output);
    },
    count: () => outputs.size,
    write: async (end) => {
      if (end.stopped !== null) outputs.get(at)?.push(stopOutput(end));
      return notebook === null
        ? end
        : await written(workspace, program, { notebook, outputs, end });
    },
  };
}

/** Null where there is none: the guest says why. */
function notebookAt(path: string): Notebook | null {
  try {
    return notebookIn(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function stopOutput({ stopped }: GuestEnd): CellOutput {
  const evalue = `the cell was stopped: ${stopped ?? ""}`;
  return { output_type: "error", ename: "Stopped", evalue, traceback: [evalue] };
}

interface Kept {
  readonly notebook: Notebook;
  readonly outputs: ReadonlyMap<number, readonly CellOutput[]>;
  readonly end: GuestEnd;
}

/** What stands at the output's name already was served: it stays, and the action fails. */
async function written(
  workspace: string,
  program: NotebookProgram,
  { notebook, outputs, end }: Kept,
): Promise<GuestEnd> {
  const { file, output, to } = program;
  const place = join(workspace, output);
  if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) {
    return { ...end, exit: 1, stopped: "output-taken", at: output };
  }
  const cells = ranCells(notebook, outputs, program);
  makeFolder(dirname(place));
  if (to === "notebook") writeFileSync(place, notebookText(notebook, cells));
  else {
    const { notebookPage } = await import("./notebook-page.ts");
    const title = basename(file, ".ipynb");
    writeFileSync(place, notebookPage({ title, cells, picture: pictureIn(workspace, file) }));
  }
  return end;
}

const PICTURES: Readonly<Record<string, string>> = {
  ...{ ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif" },
  ...{ ".svg": "image/svg+xml", ".webp": "image/webp" },
};
const MOST_PICTURE_BYTES = 20_000_000;

/** Pictures that a text names lie beside the notebook, or where its path leads in the action's folder. */
function pictureIn(workspace: string, file: string): (name: string) => string | null {
  const within = enclose(workspace);
  return (name) => {
    const type = PICTURES[extname(name).toLowerCase()];
    const path = posix.join(dirname(file), name);
    if (type === undefined || /^\.\.|^\/|:/.test(path)) return null;
    const bytes = readFileIn(within, join(workspace, path), MOST_PICTURE_BYTES);
    return bytes === null ? null : `data:${type};base64,${bytes.toString("base64")}`;
  };
}
