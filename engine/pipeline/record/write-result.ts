import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { writeWholeFile } from "../../files/whole-file.ts";

/** What a person asked to have in a file; its folder is made if need be. Problems: those of files. */
export async function writeResult(folder: string, file: string, text: string): Promise<void> {
  const path = resolve(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  await writeWholeFile(path, Buffer.from(text));
}
