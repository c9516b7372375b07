/** A study in its recorded form: each column with the arguments that its call was given. */
import { measuresToJson, studyToJson } from "../../definition/json/study-json.ts";
import type { StudyDefinition, StudyFile } from "../../definition/model.ts";
import type { Doc } from "./document.ts";
import { newLine } from "./document.ts";
import { laidOut } from "./lay-out.ts";
import { columnCode, columnsCode, expectationsCode, measureCode } from "./recorded-column.ts";
import type { NameCodelist } from "./recorded-column.ts";
import { namedCodelists } from "./recorded-codelists.ts";
import { reservedNames } from "./reserved-names.ts";
import { callOf, comment, entry, listOf, literal, objectOf } from "./written-code.ts";
import type { Item } from "./written-code.ts";

/** A file of TypeScript, with these lines as comments at its top. */
export function recordedStudy(
  { study, measures }: StudyFile,
  comments: readonly string[],
  fromFiles: boolean,
): string {
  const codelists = namedCodelists(fromFiles, new Set([...reservedNames, "cohort", "measures"]));
  const cohort = recordedCohort(study, codelists.nameOf);
  const list = listOf(measures.map((each) => ({ doc: measureCode(each) })));
  const marks = measures.some(({ from_file: marked = [] }) => marked.length > 0);
  const used = [
    ...codelists.imports(),
    ...(marks ? ["fromFile"] : []),
    ...(measures.length > 0 ? ["measure"] : []),
    ...["patients", "study"],
  ];
  const constants = codelists
    .constants()
    .map(([name, code]): Doc => [`const ${name} = `, code, ";"]);
  return fileText([
    [...comments.flatMap((each) => [comment(each), newLine]), importOf(used)],
    ...(constants.length === 0
      ? []
      : [constants.flatMap((each, i) => (i === 0 ? [each] : [newLine, each]))]),
    ["const cohort = ", cohort, ";"],
    "export default cohort;",
    ...(measures.length === 0 ? [] : [["export const measures = ", list, ";"]]),
  ]);
}

export function recordedCohort(study: StudyDefinition, nameOf: NameCodelist): Doc {
  return callOf("study", [{ doc: optionsOf(study, nameOf) }]);
}

/** What no builder takes, as plain data. */
export function studyAsJson({ study, measures }: StudyFile, comments: readonly string[]): string {
  const used = ["studyFromJson"];
  return fileText([
    [...comments.flatMap((each) => [comment(each), newLine]), importOf(used)],
    ["export default ", callOf("studyFromJson", [{ doc: literal(studyToJson(study)) }]), ";"],
    ["export const measures = ", literal(measuresToJson(measures)), ";"],
  ]);
}

export function importOf(names: readonly string[]): Doc {
  const items = [...new Set(names)].sort().map((name) => ({ doc: name }));
  return ["import ", objectOf(items), ' from "cohortline";'];
}

/** Parts with an empty line between them. */
export function fileText(parts: readonly Doc[]): string {
  return laidOut([
    ...parts.flatMap((part, i) => (i === 0 ? [part] : [newLine, newLine, part])),
    newLine,
  ]);
}

function optionsOf(study: StudyDefinition, nameOf: NameCodelist): Doc {
  const { index_date: indexDate, default_expectations: defaults, dummy_data: dummy } = study;
  const columns = Object.fromEntries(
    study.column_order.flatMap((name) => {
      const column = study.columns[name];
      return column === undefined ? [] : [[name, column]];
    }),
  );
  const items: readonly Item[] = [
    ...(indexDate === null ? [] : [{ doc: entry("indexDate", literal(indexDate)) }]),
    ...(dummy === undefined ? [] : [{ doc: entry("dummyData", literal(dummy)) }]),
    ...(defaults === null
      ? []
      : [{ doc: entry("defaultExpectations", expectationsCode(defaults)) }]),
    { doc: entry("population", columnCode(study.population, nameOf)) },
    { doc: entry("columns", columnsCode(columns, nameOf)) },
  ];
  return objectOf(items);
}
