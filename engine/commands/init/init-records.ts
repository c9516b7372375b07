/** `init --records`: a first mapping file, from what a database turns out to hold. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { databaseKind } from "../../backend/database-kind.ts";
import { openAtomicFile } from "../../files/atomic-file.ts";
import { failForFile } from "../../files/file-problem.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { firstMapping } from "../../schema/mapping/first-mapping.ts";
import type { RunContext } from "../context.ts";
import { databaseOutside } from "../database-outside.ts";
import { fail } from "../problems.ts";
import { shownFolder } from "../shown-folder.ts";

const FILE = "records.yaml";

/** Problems: init-file-exists, init-records-kind, those of the database. */
export async function initRecords(
  request: RequestOf<"init">,
  url: string,
  context: RunContext,
): Promise<readonly string[]> {
  const { workspace } = context;
  const folder = resolve(workspace, request.folder);
  const file = join(folder, FILE);
  if (existsSync(file)) fail("init-file-exists", { files: [FILE] });
  const load = databaseKind(url, workspace).catalogue ?? fail("init-records-kind", {});
  const read = await load();
  const tables = await read(url, workspace, databaseOutside(context));
  await write(file, firstMapping(tables));
  return [
    `Wrote ${FILE} to ${place(shownFolder(workspace, folder))}, from ${tables.length} tables.`,
    "Check every line of it, then:",
    "  cohortline check_records --database-url URL   shows what stands in the tables as it reads them",
  ];
}

function place(shown: string): string {
  return shown === "." ? "this folder" : shown;
}

async function write(path: string, text: string): Promise<void> {
  try {
    const file = await openAtomicFile(path);
    await file.write(Buffer.from(text, "utf8"));
    await file.commit();
  } catch (error) {
    failForFile(error, path, "write");
  }
}
