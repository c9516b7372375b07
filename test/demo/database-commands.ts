/** The same study on records: cohorts and measures from the synthetic patients of `fixtures/`. */
import type { PipelineCommand } from "./pipeline-commands.ts";

const FOLDER = "output/database";

/** From the commands with dummy data; files go to a folder of their own. `records` is a path from the workspace. */
export function databaseCommands(
  commands: readonly PipelineCommand[],
  records: string,
): readonly PipelineCommand[] {
  return commands.map(({ action, words, outputs }) => ({
    action: `${action} from records`,
    words: words.map((word) => fromRecords(word, records)),
    outputs: outputs
      .filter((path) => path.startsWith("output/"))
      .map((path) => `${FOLDER}/${path.split("/").at(-1) ?? ""}`),
  }));
}

function fromRecords(word: string, records: string): string {
  if (word.startsWith("--expectations-population=")) return `--database-url=duckdb:${records}`;
  return word.startsWith("--output-dir=") ? `--output-dir=${FOLDER}` : word;
}
