/** Random studies over the whole vocabulary, as the JSON that a study crosses every boundary in. */
import fc from "fast-check";
import { checkStudy } from "../../engine/definition/check/check-study.ts";
import type { StudyCheck } from "../../engine/definition/check/check-study.ts";
import { studyFileFromJson } from "../../engine/definition/json/study-json.ts";
import type { StudyFile } from "../../engine/definition/model.ts";
import { combinedColumns, conditionalPopulation } from "./random-combined-columns.ts";
import { datasetColumns, existsInFile } from "./random-dataset-columns.ts";
import { fixedDraft } from "./random-draft.ts";
import type { Definition, Draft } from "./random-draft.ts";
import { eventColumns, simpleEvents } from "./random-event-columns.ts";
import { hospitalColumns } from "./random-hospital-columns.ts";
import { placeColumns, registrationFlags } from "./random-place-columns.ts";
import type { Before } from "./random-window.ts";

/** Each as often as its weight says. */
export type Columns = readonly (readonly [weight: number, fc.Arbitrary<Draft>])[];

/** Names that a database could take for its own words. */
const NAMES = [
  "age",
  "group",
  "Sex",
  "select",
  "order",
  "c6",
  "Date",
  "c8",
  "table",
  "c10",
  "c11",
  "c12",
];

const tppColumns: Columns = [
  ...eventColumns,
  ...placeColumns,
  ...datasetColumns,
  ...hospitalColumns,
  ...combinedColumns,
];

/** Each can be left out by itself, so that a failing study gets as small as it can. */
function drafts(columns: Columns): fc.Arbitrary<readonly Draft[]> {
  const families = columns.map(([weight, arbitrary]) => ({ weight, arbitrary }));
  return fc
    .array(fc.option(fc.oneof(...families), { freq: 40 }), {
      minLength: 1,
      maxLength: NAMES.length,
      size: "max",
    })
    .map((each) => each.filter((draft) => draft !== null));
}

const sex: Draft = () => ({ function: "sex", args: {} });

const population: fc.Arbitrary<Draft> = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: fixedDraft("all") },
  { weight: 2, arbitrary: registrationFlags },
  { weight: 2, arbitrary: conditionalPopulation },
  { weight: 1, arbitrary: simpleEvents.map((draft) => asFlag(draft)) },
  { weight: 1, arbitrary: existsInFile },
);

/** For what is about populations: most of them join conditions. */
export const tellingPopulation: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 5, arbitrary: conditionalPopulation },
  { weight: 1, arbitrary: registrationFlags },
  { weight: 1, arbitrary: existsInFile },
);

function asFlag(draft: Draft): Draft {
  return (before, name) => {
    const { function: used, args } = draft(before, name);
    return used === "sex"
      ? { function: "all", args: {} }
      : { function: used, args: { ...args, returning: "binary_flag" } };
  };
}

export interface RandomStudy {
  readonly who?: fc.Arbitrary<Draft>;
  /** What records of a TPP database answer where they are absent. */
  readonly columns?: Columns;
}

/** Its own index date is the first of the cohorts'. Not filtered: the check may refuse it. */
export function randomStudy(
  indexDate: string,
  { who = population, columns: asked = tppColumns }: RandomStudy = {},
): fc.Arbitrary<StudyFile> {
  return fc.tuple(drafts(asked), who).map(([columns, chosen]) => study(columns, chosen, indexDate));
}

export function checked(file: StudyFile): StudyCheck {
  return checkStudy("study_definition", file);
}

function study(columns: readonly Draft[], who: Draft, indexDate: string): StudyFile {
  const defined: Record<string, Definition> = {};
  let before: readonly Before[] = [];
  for (const [i, draft] of (columns.length > 0 ? columns : [sex]).entries()) {
    const name = NAMES[i] ?? `c${i + 1}`;
    defined[name] = draft(before, name);
    before = knownColumns(fileOf(defined, { function: "all", args: {} }, indexDate));
  }
  return fileOf(defined, who(before, "population"), indexDate);
}

/** What the check makes of the columns so far, the implied and nested ones among them. */
function knownColumns(file: StudyFile): readonly Before[] {
  const result = checked(file);
  const { columns } = result.ok ? result.study : result.partial;
  return columns.filter(({ name }) => name !== "population");
}

function fileOf(
  columns: Readonly<Record<string, Definition>>,
  who: Definition,
  indexDate: string,
): StudyFile {
  return studyFileFromJson({
    study: {
      index_date: indexDate,
      default_expectations: null,
      population: who,
      columns,
      column_order: Object.keys(columns),
    },
    measures: [],
  });
}
