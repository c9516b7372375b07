/** The end of the demo: measures without what gives hidden numbers away, and what an audit says of them. */
import type { PipelineCommand } from "./pipeline-commands.ts";

/** What `cohortline audit --repair` found for the dummy patients of the example study. */
export const REPAIRS = "audit-repairs.json";

export function repairCommands(commands: readonly PipelineCommand[]): readonly PipelineCommand[] {
  return commands.flatMap(({ words }) => {
    if (words[0] !== "generate_measures") return [];
    const own = words.filter((word) => word !== "--skip-existing");
    const folder = words.filter((word) => word.startsWith("--output-dir="));
    return [
      { action: "repair", words: [...own, "--repairs", REPAIRS], outputs: [] },
      { action: "audit", words: ["audit", ...folder], outputs: [] },
    ];
  });
}
