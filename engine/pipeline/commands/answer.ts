/** What a command about a whole study answers with. */
import { dirname, resolve } from "node:path";
import { makeFolder } from "../../files/make-folder.ts";
import { lineText } from "../../base/toned-line.ts";
import type { Line } from "../../base/toned-line.ts";
import { writeWholeFile } from "../../files/whole-file.ts";
import type { PipelineContext } from "../context.ts";

export interface PipelineAnswer {
  /** For standard output. */
  readonly lines: readonly Line[];
  readonly exitCode: number;
}

/** To standard output, or to the file that was asked for, whose folder is made if need be. Problems: those of files. */
export async function answerOrFile(
  lines: readonly Line[],
  file: string | undefined,
  { folder, stderr }: Pick<PipelineContext, "folder" | "stderr">,
): Promise<PipelineAnswer> {
  if (file === undefined) return { lines, exitCode: 0 };
  const path = resolve(folder, file);
  makeFolder(dirname(path));
  await writeWholeFile(path, Buffer.from(`${lines.map(lineText).join("\n")}\n`));
  stderr(`Wrote ${file}`);
  return { lines: [], exitCode: 0 };
}
