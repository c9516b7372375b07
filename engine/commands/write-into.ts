/** A result for a person, such as a page or a picture, written whole where she wants it. */
import { dirname } from "node:path";
import { makeFolder } from "../files/make-folder.ts";
import { failForFile } from "../files/file-problem.ts";
import { writeWholeFile } from "../files/whole-file.ts";

/** Makes the folder if there is none. Problems: those of the file system. */
export async function writeInto(path: string, bytes: Uint8Array): Promise<void> {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    failForFile(error, dirname(path), "write");
  }
  await writeWholeFile(path, bytes);
}
