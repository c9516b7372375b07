/** The commands that show a study without making anything. */
import { ProblemError } from "../base/problems.ts";
import { yamlText } from "../base/yaml.ts";
import { measuresToJson, studyToJson } from "../definition/json/study-json.ts";
import { checkAllExpectations } from "./studies/check-all-expectations.ts";
import { loadStudies } from "./studies/load-study.ts";
import { measuresLeftOut } from "./measures/measures-left-out.ts";
import type { RunContext } from "./context.ts";
import { unsuppressedMeasures } from "./measures/unsuppressed-measures.ts";
import { discoverStudies, selectStudies } from "./studies/study-discovery.ts";

export interface ShowOptions {
  readonly studyDefinition?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Of check: refuse what is only warned about otherwise. */
  readonly strict?: boolean | undefined;
  /** Of check: the studies run on records only, so that expectations may be missing. */
  readonly realData?: boolean | undefined;
}

/** Each selected study and its measures in canonical form, as YAML documents. */
export async function dumpStudyYaml(options: ShowOptions, context: RunContext): Promise<string> {
  const loaded = await load(options, "dump_study_yaml", context);
  return loaded
    .map(({ location, definition }) => {
      const { study, measures } = definition;
      return yamlText({
        name: location.name,
        study: studyToJson(study),
        measures: measuresToJson(measures),
      });
    })
    .join("---\n");
}

/**
 * Reports every problem of the selected studies, those of their expectations too, which matter only
 * once dummy data are made: with `realData` none need be there. Gives a line for each study that is in order.
 */
export async function checkStudies(
  options: ShowOptions,
  context: RunContext,
): Promise<readonly string[]> {
  const loaded = await load(options, "check", context);
  checkAllExpectations(loaded, context, options.realData);
  const found = loaded.flatMap((each) => [
    ...measuresLeftOut(each),
    ...unsuppressedMeasures(each.study).map((bare) => bare.problem),
  ]);
  if (options.strict === true && found.length > 0) throw new ProblemError(found);
  for (const each of found) context.reporter.tell({ kind: "warning", problem: each });
  return loaded.map(({ study }) => {
    const { name, output, measures } = study;
    return `${name}: ${counted(output.length, "column")}, ${counted(measures.length, "measure")}, no problem`;
  });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

async function load(
  { studyDefinition, params, realData = false }: ShowOptions,
  command: "check" | "dump_study_yaml",
  context: RunContext,
) {
  const studies = selectStudies(discoverStudies(context.workspace), studyDefinition ?? "all");
  const drawsDummyData = command === "check" && !realData;
  return loadStudies(studies, { command, params, drawsDummyData }, context);
}
