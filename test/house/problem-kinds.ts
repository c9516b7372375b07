/** Every kind of problem of every room, as the rooms declare them. */
import { sourceFiles } from "./source-files.ts";

export interface DeclaredKind {
  readonly code: string;
  readonly exitCode: string;
  /** From engine/, with forward slashes. */
  readonly file: string;
}

const DECLARATION = /^ {2}"?([a-z0-9-]+)"?: kind\b[\s\S]*?\(\s*(\d+),/gm;

/** In the order of each file. */
export function declaredKinds(): readonly DeclaredKind[] {
  return sourceFiles("engine").flatMap(({ path, text }) =>
    [...text.matchAll(DECLARATION)].map(([, code = "", exitCode = ""]) => ({
      code,
      exitCode,
      file: path.replace(/^engine\//, ""),
    })),
  );
}
