/** Pages that are made from the code, so that no fact is stated twice. */
import { format, resolveConfig } from "prettier";
import { join } from "node:path";
import { filledPage } from "./command-blocks.ts";
import { contractPage } from "./contract-page.ts";
import { functionsPage } from "./functions-page.ts";
import { tablesPage } from "./tables-page.ts";

const root = join(import.meta.dirname, "../..");

const makers: readonly (readonly [path: string, page: (path: string) => string])[] = [
  ["engine/commands/README.md", filledPage],
  ["engine/pipeline/README.md", filledPage],
  ["engine/serve/README.md", filledPage],
  ["study-definitions/functions.md", functionsPage],
  ["engine/schema/tpp/tables.md", tablesPage],
  ["engine/schema/mapping/tables.md", contractPage],
];

export interface GeneratedPage {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

export async function generatedPages(): Promise<readonly GeneratedPage[]> {
  const options = (await resolveConfig(join(root, "README.md"))) ?? {};
  return Promise.all(
    makers.map(async ([path, page]) => ({
      path,
      text: await format(page(path), { ...options, parser: "markdown" }),
    })),
  );
}
