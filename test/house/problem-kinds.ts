/** Every kind of problem of every room, found as the rooms declare them: in files called problems.ts or …-problems.ts. */
import type { ProblemKind } from "../../engine/base/problem-kind.ts";
import { sourceFiles } from "./source-files.ts";

export interface DeclaredKind {
  readonly code: string;
  readonly exitCode: number;
  /** From engine/, with forward slashes. */
  readonly file: string;
}

const DECLARATION = /^ {2}"?([a-z0-9-]+)"?: kind\b/gm;

/** In the order of each file. */
export async function declaredKinds(): Promise<readonly DeclaredKind[]> {
  const files = sourceFiles("engine").filter(({ text }) => new RegExp(DECLARATION, "m").test(text));
  const kinds = await Promise.all(
    files.map(async ({ path, text }) => {
      const all = await kindsIn(path);
      const codes = [...text.matchAll(DECLARATION)].map(([, code = ""]) => code);
      return codes.map((code) => ({
        code,
        exitCode: all.get(code)?.exitCode ?? 0,
        file: path.replace(/^engine\//, ""),
      }));
    }),
  );
  return kinds.flat();
}

async function kindsIn(path: string): Promise<ReadonlyMap<string, ProblemKind<never>>> {
  const module = (await import(`../../${path}`)) as Readonly<Record<string, unknown>>;
  const catalogues = Object.entries(module).filter(([name]) => name.endsWith("Problems"));
  return new Map(
    catalogues.flatMap(([, kinds]) =>
      Object.entries(kinds as Readonly<Record<string, ProblemKind<never>>>),
    ),
  );
}
