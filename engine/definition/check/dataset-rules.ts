/** Rules of the disease and hospital datasets. */
import { isaricColumnTypes } from "../functions/isaric-columns.ts";
import type { Checking, Draft } from "./draft.ts";
import { reportConflict } from "./report-conflict.ts";

const INDICATIONS = ["hospital_onset", "hospitalised_with", "non_hospitalised"];
const TOTALS = ["total_bed_days_in_period", "total_critical_care_days_in_period"];
const ALL_TESTS_ONLY = [
  "variant",
  "variant_detection_method",
  "symptomatic",
  "number_of_matches_in_period",
];

/** What is wrong and the way out. */
type Complaint = readonly [sentence: string, wayOut: string];

export function checkDataset(draft: Draft, checking: Checking): void {
  for (const [sentence, wayOut] of complaints(draft)) {
    reportConflict(draft, checking, { sentence, wayOut });
  }
}

function complaints({ function: name, args }: Draft): readonly Complaint[] {
  switch (name) {
    case "random_sample":
      return Number(args["percent"]) > 0 ? [] : [["percent must be above 0", "Write 1 to 100."]];
    case "with_ethnicity_from_sus":
      return args["use_most_frequent_code"] === false
        ? [["only the most frequent code is known", "Write useMostFrequentCode: true."]]
        : [];
    case "with_these_decision_support_values":
      return bothFinds(args)
        ? [["it is asked for the first and the last match at once", "Keep one of the two."]]
        : [];
    case "admitted_to_hospital":
      return TOTALS.includes(String(args["returning"])) && anyFind(args)
        ? [["a total over all admissions has no first or last match", "Drop the find flag."]]
        : [];
    case "with_covid_therapeutics":
      return indications(args);
    case "with_test_result_in_sgss":
      return sgss(args);
    case "with_an_isaric_record":
      return isaric(args);
    default:
      return [];
  }
}

function anyFind(args: Draft["args"]): boolean {
  return args["find_first_match_in_period"] === true || args["find_last_match_in_period"] === true;
}

function bothFinds(args: Draft["args"]): boolean {
  return args["find_first_match_in_period"] === true && args["find_last_match_in_period"] === true;
}

function indications(args: Draft["args"]): readonly Complaint[] {
  const given = args["with_these_indications"];
  const texts: readonly unknown[] = Array.isArray(given)
    ? given
    : given === undefined
      ? []
      : [given];
  return texts
    .filter((text) => typeof text === "string" && !INDICATIONS.includes(text))
    .map((text) => [
      `'${String(text).slice(0, 80)}' is not a valid indication; options are ${INDICATIONS.join(", ")}`,
      "",
    ]);
}

function sgss(args: Draft["args"]): readonly Complaint[] {
  const returning = String(args["returning"]);
  const earliest = args["restrict_to_earliest_specimen_date"] === true;
  if (returning === "case_category" && !(earliest && args["test_result"] === "positive")) {
    return [
      [
        "a case category is known for the earliest positive test only",
        'Write testResult: "positive" and leave restrictToEarliestSpecimenDate as it is.',
      ],
    ];
  }
  return ALL_TESTS_ONLY.includes(returning) && earliest
    ? [[`${returning} is known for all tests only`, "Write restrictToEarliestSpecimenDate: false."]]
    : [];
}

function isaric(args: Draft["args"]): readonly Complaint[] {
  const { between, date_filter_column: filter } = args;
  if ((between === undefined) !== (filter === undefined)) {
    return [["between and dateFilterColumn go together", "Give both or neither."]];
  }
  if (typeof filter !== "string" || isaricColumnTypes[filter] === "date") return [];
  const dates = Object.keys(isaricColumnTypes).filter((name) => isaricColumnTypes[name] === "date");
  return [["dateFilterColumn is not a date of the dataset", `Known: ${dates.join(", ")}.`]];
}
