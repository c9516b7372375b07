/** The command `dump_study_yaml`. */
import { yamlText } from "../base/yaml.ts";
import { measuresToJson, studyToJson } from "../definition/json/study-json.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";
import { loadRequested } from "./studies/load-study.ts";

/** Each selected study and its measures in canonical form, as YAML documents. */
export async function dumpStudyYaml(
  request: RequestOf<"dump_study_yaml">,
  context: RunContext,
): Promise<string> {
  const loaded = await loadRequested(request, context);
  return loaded
    .map(({ location, definition: { study, measures } }) =>
      yamlText({
        name: location.name,
        study: studyToJson(study),
        measures: measuresToJson(measures),
      }),
    )
    .join("---\n");
}
