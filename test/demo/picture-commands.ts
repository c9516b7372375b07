/** What is made of measures: a page of pictures, and each picture as a file. */
import type { PipelineCommand } from "./pipeline-commands.ts";

const FOLDER = "--output-dir=";

/** The picture that the first page of the documentation shows, from the example study's folder. */
export const EXAMPLE_PICTURE = "output/database/pictures/measure_asthma_by_age_band.svg";

/** One for each command that makes measures. */
export function pictureCommands(commands: readonly PipelineCommand[]): readonly PipelineCommand[] {
  return commands.flatMap(({ action, words }) => {
    if (words[0] !== "generate_measures") return [];
    const given = words.find((word) => word.startsWith(FOLDER));
    const folder = given === undefined ? "output" : given.slice(FOLDER.length);
    const pictures = ["--pictures", `${folder}/pictures`, "--picture-format", "svg"];
    return {
      action: `pictures of ${action}`,
      words: ["measures_report", `${FOLDER}${folder}`, ...pictures],
      outputs: [`${folder}/measures.html`],
    };
  });
}
