/** Pages of measures that a run would withhold, because of the level of what they draw. */
import { posix } from "node:path";
import type { ActionRequest } from "../../options/read-words.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { meetsPattern } from "./output-pattern.ts";
import type { Action, Project } from "./project.ts";

/** Files that are no measures by their names are not drawn; what the run makes decides in the end. */
export function warnOfWithheldPages({ actions }: Project, { warnings }: Findings): void {
  const byName = new Map(actions.map((action) => [action.name, action]));
  for (const action of actions) {
    const { name, request, needs, outputs } = action;
    const patterns = request === null ? [] : drawnPatterns(request);
    const drawn = needs.flatMap((need) => {
      const maker = byName.get(need.name);
      return maker === undefined ? [] : hiddenMeasures(maker, patterns);
    });
    const [first] = drawn;
    if (first === undefined) continue;
    for (const { pattern, level, at } of outputs) {
      if (level === "highly_sensitive") continue;
      const facts = { action: name, pattern, level, ...first };
      report(warnings, "measures-page-withheld", facts, at);
    }
  }
}

/** Which files a command draws, or looks at and writes of. */
function drawnPatterns(request: ActionRequest): readonly string[] {
  switch (request.command) {
    case "measures_report":
      return [posix.join(request.outputDir, "measure_*")];
    case "audit":
      return [request.outputDir ?? "output", ...request.earlier].map((folder) =>
        posix.join(folder, "measure_*"),
      );
    case "deciles_charts":
      // A set of letters or one letter may be any here: the run decides.
      return [posix.normalize(request.inputFiles.replace(/\?|\[[^\]]+\]/g, "*"))];
    default:
      return [];
  }
}

function hiddenMeasures({ name, outputs }: Action, patterns: readonly string[]) {
  const meets = patterns.map((pattern) => meetsPattern(pattern));
  return outputs.flatMap(({ pattern, level }) => {
    const isMeasure =
      posix.basename(pattern).startsWith("measure_") && meets.some((meetsIt) => meetsIt(pattern));
    return isMeasure && level === "highly_sensitive" ? [{ maker: name, measures: pattern }] : [];
  });
}
