/** A page for a browser, written whole where the person wants it. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { failForFile } from "../files/file-problem.ts";
import { writeWholeFile } from "../files/whole-file.ts";
import type { RunContext } from "./context.ts";
import { shownFolder } from "./shown-folder.ts";

/** Gives its path from the workspace, and reports it. Problems: those of the file system. */
export async function writePage(
  path: string,
  text: string,
  { workspace, reporter }: Pick<RunContext, "workspace" | "reporter">,
): Promise<string> {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    failForFile(error, dirname(path), "write");
  }
  const bytes = Buffer.from(text);
  await writeWholeFile(path, bytes);
  const file = shownFolder(workspace, path);
  reporter.report({ kind: "written", file, rows: 0, bytes: bytes.length });
  return file;
}
