/** Tests of one room that share a process: what each process loads, and the command it keeps ready, is paid for once. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** More together leave one core idle at the end; fewer load the engine more often. */
const MOST_FILES = 8;

/** Writes one file beside the built ones for each few of a room, which imports them in order; few files stay alone. */
export function groupTests(files: readonly string[]): readonly string[] {
  if (files.length <= MOST_FILES) return files;
  return [...byFolder(files)].flatMap(([folder, own]) =>
    chunks(own).map((group, at) => {
      const file = join(folder, `group-${String(at)}.js`);
      writeFileSync(file, group.map((test) => `import ${JSON.stringify(test)};\n`).join(""));
      return file;
    }),
  );
}

function byFolder(files: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const folder = dirname(file);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return folders;
}

function chunks(files: readonly string[]): string[][] {
  const count = Math.ceil(files.length / MOST_FILES);
  const size = Math.ceil(files.length / count);
  return Array.from({ length: count }, (_, at) => files.slice(at * size, (at + 1) * size));
}
