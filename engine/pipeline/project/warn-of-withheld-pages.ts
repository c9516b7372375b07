/** Pages of measures that a run would withhold, because of the level of what they draw. */
import { posix } from "node:path";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { meetsPattern } from "./output-pattern.ts";
import type { Action, Project } from "./project.ts";

/** Files that are no measures by their names are not drawn; what the run makes decides in the end. */
export function warnOfWithheldPages({ actions }: Project, { warnings }: Findings): void {
  const byName = new Map(actions.map((action) => [action.name, action]));
  for (const action of actions) {
    const { name, request, needs, outputs } = action;
    if (request?.command !== "measures_report") continue;
    const drawn = needs.flatMap((need) => {
      const maker = byName.get(need.name);
      return maker === undefined ? [] : hiddenMeasures(maker, request.outputDir);
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

function hiddenMeasures({ name, outputs }: Action, outputDir: string) {
  const meets = meetsPattern(posix.join(outputDir, "measure_*"));
  return outputs.flatMap(({ pattern, level }) => {
    const isMeasure = posix.basename(pattern).startsWith("measure_") && meets(pattern);
    return isMeasure && level === "highly_sensitive" ? [{ maker: name, measures: pattern }] : [];
  });
}
