/** The same study on records: a database of synthetic patients, then cohorts and measures from it. */
import type { PipelineCommand } from "./pipeline-commands.ts";

const PATIENTS = 1000;
const FOLDER = "output/database";

/** From the commands with dummy data; files go to a folder of their own. `database` is a path. */
export function databaseCommands(
  commands: readonly PipelineCommand[],
  database: string,
): readonly PipelineCommand[] {
  const study = commands.flatMap(({ words }) => valueOf(words, "--study-definition"))[0] ?? "all";
  const records: PipelineCommand = {
    action: "records",
    words: [
      "generate_dummy_tables",
      `--patients=${PATIENTS}`,
      `--study-definition=${study}`,
      `--output-file=${database}`,
      "--force",
    ],
    outputs: [],
  };
  const same = commands.map(({ action, words, outputs }) => ({
    action: `${action} from records`,
    words: words.map((word) => fromRecords(word, database)),
    outputs: outputs
      .filter((path) => path.startsWith("output/"))
      .map((path) => `${FOLDER}/${path.split("/").at(-1) ?? ""}`),
  }));
  return [records, ...same];
}

function fromRecords(word: string, database: string): string {
  if (word.startsWith("--expectations-population=")) return `--database-url=duckdb:${database}`;
  return word.startsWith("--output-dir=") ? `--output-dir=${FOLDER}` : word;
}

function valueOf(words: readonly string[], option: string): readonly string[] {
  const place = words.indexOf(option);
  const next = words[place + 1];
  return place < 0 || next === undefined ? [] : [next];
}
