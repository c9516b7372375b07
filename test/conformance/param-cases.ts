/** ranges/params.json: values from the command line inside a study. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { generateCohort } from "../../engine/commands/generate-cohort.ts";
import { cohortRequestIn } from "./cohort-request-in.ts";
import { expectEqual, expectProblem } from "./case.ts";
import type { Recorded } from "./case.ts";
import { quietContext } from "./quiet-context.ts";
import { inScratchFolder } from "./scratch-folder.ts";

export async function paramsCase(recorded: Recorded): Promise<void> {
  for (const step of recorded["cases"] as readonly Recorded[]) {
    if (step["wanted"] !== undefined) await missingParam(step);
    else await paramsInStudy(step);
  }
}

async function missingParam(step: Recorded): Promise<void> {
  const source = `import { params, studyFromJson } from "cohortline";
const value = params[${JSON.stringify(step["wanted"])}];
export default studyFromJson({ population: { function: "all", args: {} }, columns: {} });
export { value };
`;
  await inScratchFolder((folder) =>
    expectProblem(step["expect_error"], () =>
      generate(folder, source, ["generate_cohort", "--expectations-population", "1"]),
    ),
  );
}

async function paramsInStudy(step: Recorded): Promise<void> {
  const expected = step["expect"] as Recorded;
  // The recorded study marks the places of its parameters with braces.
  const source = `import { params, studyFromJson } from "cohortline";
const text = ${JSON.stringify(JSON.stringify(step["study"]))};
export default studyFromJson(JSON.parse(text.replace(/\\{(\\w+)\\}/g, (_, name) => params[name])));
`;
  await inScratchFolder(async (folder) => {
    await generate(folder, source, step["argv"] as string[]);
    const text = readFileSync(join(folder, String(expected["file"])), "utf8");
    const [header = [], ...rows] = parse(text);
    expectEqual(rows.length, expected["row_count"], "rows");
    const wanted = expected["columns_in_any_order"] as string[];
    expectEqual([...header].sort(), [...wanted].sort(), "columns");
  });
}

async function generate(folder: string, source: string, argv: readonly string[]): Promise<void> {
  mkdirSync(join(folder, "analysis"), { recursive: true });
  writeFileSync(join(folder, "analysis/study_definition.js"), source);
  await generateCohort(cohortRequestIn(argv), quietContext(folder));
}
