/** Deaths, intensive care, tests and treatments of Covid-19, registries. */
import { isaricColumnTypes } from "../../definition/functions/isaric-columns.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Codelist } from "../../definition/model.ts";
import { CAUSES_OF_DEATH } from "../../schema/contract.ts";
import type { Aggregate, Rows, Window } from "../model/rows.ts";
import { any, compare, field, flag, integer, text } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { periodWindow } from "./lower-date.ts";
import { endDay, episodes, findsFirst, inCodelist, matching } from "./lower-events.ts";
import { existsIn, foundFlag, isOneOf, textsOf } from "./lower-primary-care.ts";
import type { LowerColumn, Lowered, Lowering } from "./lowering.ts";

function aggregateOf(
  asked: { readonly rows: Rows; readonly window: Window },
  aggregate: Aggregate,
  to: Lowering,
): Value {
  return to.summary(asked.rows, asked.window, { kind: "aggregate", aggregate })();
}

/** Rows of one patient are reduced after the filter, each answer for itself: the least of each. */
function lowerDeath(column: CheckedColumn, rows: Rows, to: Lowering): Lowered {
  const asked = { rows, window: periodWindow(column, "died_on", to) };
  const least = (name: string): Value => aggregateOf(asked, { kind: "least", of: field(name) }, to);
  switch (column.args["returning"]) {
    case "date_of_death":
      return { value: least("died_on") };
    case "underlying_cause_of_death":
      return { value: least("underlying_cause") };
    case "place_of_death":
      return { value: least("place") };
    default:
      return { value: to.summary(rows, asked.window, { kind: "exists" })() };
  }
}

function lowerDeathCertificate(column: CheckedColumn, to: Lowering): Lowered {
  const list = to.codelist((column.args["codelist"] as Codelist).codes, true);
  const others = Array.from({ length: CAUSES_OF_DEATH }, (_, i) => `cause_${i + 1}`);
  const underlyingOnly = column.args["match_only_underlying_cause"] === true;
  const causes = underlyingOnly ? ["underlying_cause"] : ["underlying_cause", ...others];
  const listed = any(...causes.map((name) => inCodelist(field(name), list)));
  return lowerDeath(column, matching("registered_deaths", listed), to);
}

/** Rows that disagree on the day stop the run. */
function lowerPatientNotification(column: CheckedColumn, to: Lowering): Lowered {
  const window = periodWindow(column, "died_on", to);
  const agreed = to.summary(matching("covid_patient_notifications"), window, {
    kind: "agreed",
    of: field("died_on"),
  });
  const wantsFlag = column.args["returning"] === "binary_flag";
  return { value: wantsFlag ? foundFlag(agreed("found")) : agreed() };
}

function lowerIcu(column: CheckedColumn, to: Lowering): Lowered {
  const rows = matching("icu_admissions");
  const asked = { rows, window: periodWindow(column, "admitted_at", to), date: "admitted_at" };
  const days = (name: string): Value =>
    aggregateOf(asked, { kind: "sum", of: field(`${name}_respiratory_days`) }, to);
  const some = (value: Value): Lowered => ({ value: flag(compare(value, ">", integer(0))) });
  switch (column.args["returning"]) {
    case "date_admitted":
      return { value: endDay(column, asked, to) };
    case "had_basic_respiratory_support":
      return some(days("basic"));
    case "had_advanced_respiratory_support":
      return some(days("advanced"));
    case "had_respiratory_support":
      // Missing if all days of one kind are missing, and then there was none.
      return some({
        kind: "arithmetic",
        operator: "+",
        integer: true,
        left: days("basic"),
        right: days("advanced"),
      });
    default:
      return { value: to.summary(rows, asked.window, { kind: "exists" })() };
  }
}

const testFields: Readonly<Record<string, string>> = {
  s_gene_target_failure: "s_gene_target_failure",
  case_category: "case_category",
  variant: "variant",
  variant_detection_method: "variant_detection_method",
  symptomatic: "symptomatic",
};

/** Tests of one day: the lowest value of what is asked for. */
function lowerCovidTest(column: CheckedColumn, to: Lowering): Lowered {
  const { args } = column;
  const first = args["restrict_to_earliest_specimen_date"] === true;
  const positive: Test = { kind: "is-true", of: field("is_positive") };
  const results: Readonly<Record<string, readonly Test[]>> = {
    positive: [positive],
    negative: [{ kind: "not", of: positive }],
  };
  const table = first ? "first_covid_tests" : "all_covid_tests";
  const rows = matching(table, ...(results[String(args["test_result"])] ?? []));
  const window = periodWindow(column, "taken_on", to);
  if (args["returning"] === "number_of_matches_in_period") {
    return { value: aggregateOf({ rows, window }, { kind: "rows" }, to) };
  }
  const name = testFields[String(args["returning"])];
  // The negative tables hold missing where the positive ones may hold "".
  const asked = name === undefined ? [] : [orNothing(field(name))];
  const picked = to.summary(rows, window, {
    kind: "pick",
    take: { value: asked[0] ?? integer(1), date: field("taken_on") },
    order: [
      { of: field("taken_on"), descending: !findsFirst(column) },
      ...asked.map((of) => ({ of, descending: false })),
    ],
  });
  const value = args["returning"] === "date" ? picked("date") : picked();
  return { value, aspects: { date: picked("date") } };
}

function orNothing(of: Value): Value {
  return { kind: "coalesce", of, otherwise: text("") };
}

function treatmentRows(column: CheckedColumn, to: Lowering): Rows {
  const { args } = column;
  const texts = (name: string): readonly string[] | null => textsOf(args[name]);
  const therapeutics = texts("with_these_therapeutics");
  const contains: readonly Test[] =
    therapeutics === null
      ? []
      : [
          {
            kind: "in-codelist",
            of: field("intervention"),
            codelist: to.codelist(therapeutics, true),
            how: "contains",
          },
        ];
  const statuses = texts("with_these_statuses")?.map((status) => status.trim()) ?? null;
  return matching(
    "covid_treatments",
    ...isOneOf("status", statuses, to),
    ...contains,
    ...isOneOf("indication", texts("with_these_indications"), to),
  );
}

const TREATMENT_TIES = [
  "received_on",
  "status",
  "intervention",
  "region",
  "mol1_risk",
  "sot02_risk",
  "casim05_risk",
];

const treatmentFields: Readonly<Record<string, string>> = {
  therapeutic: "therapeutic",
  risk_group: "risk_group",
  region: "region",
};

function lowerTreatment(column: CheckedColumn, to: Lowering): Lowered {
  const rows = treatmentRows(column, to);
  const window = periodWindow(column, "treated_on", to);
  const returning = String(column.args["returning"]);
  if (returning === "number_of_matches_in_period") {
    return { value: aggregateOf({ rows, window }, { kind: "rows" }, to) };
  }
  if (returning === "number_of_episodes") return lowerTreatmentEpisodes(column, rows, to);
  const value = treatmentFields[returning];
  const picked = to.summary(rows, window, {
    kind: "pick",
    take: {
      value: value === undefined ? integer(1) : field(value),
      date: field("treated_on"),
    },
    order: [
      { of: field("treated_on"), descending: !findsFirst(column) },
      ...TREATMENT_TIES.map((name) => ({ of: field(name), descending: false })),
    ],
  });
  const shown = returning === "date" ? picked("date") : picked();
  const lowered = { value: shown, aspects: { date: picked("date") } };
  return returning === "risk_group" ? { ...lowered, tidied: "risk-group" } : lowered;
}

function lowerTreatmentEpisodes(column: CheckedColumn, rows: Rows, to: Lowering): Lowered {
  const date = "treated_on";
  return { value: episodes(column, { rows, window: periodWindow(column, date, to), date }, to) };
}

function lowerHealthcareWorker(_column: CheckedColumn, to: Lowering): Lowered {
  const isOne = compare(field("flag"), "=", text("Y"), "folded");
  return { value: existsIn(matching("healthcare_workers", isOne), to) };
}

function lowerIsaric(column: CheckedColumn, to: Lowering): Lowered {
  const filter = column.args["date_filter_column"];
  const window: Window =
    typeof filter === "string" ? periodWindow(column, filter, to) : { kind: "always" };
  const returning = String(column.args["returning"]);
  if (isaricColumnTypes[returning] === undefined) throw new Error(`no column ${returning}`);
  const output = { kind: "each", take: { value: field(returning) } } as const;
  return { value: to.summary(matching("isaric"), window, output)() };
}

const renalDatasets: Readonly<Record<string, string>> = {
  "2019_prevalence": "2019prev",
  "2020_prevalence": "2020prev",
  "2021_prevalence": "2021prev",
  "2020_incidence": "2020inc",
  "2020_ckd": "2020ckd",
};

const renalFields: Readonly<Record<string, Value>> = {
  binary_flag: integer(1),
  renal_centre: field("renal_centre"),
  rrt_start_date: field("started_on"),
  treatment_modality_start: field("modality_at_start"),
  treatment_modality_prevalence: field("modality"),
  latest_creatinine: { kind: "decimal", of: field("creatinine") },
  latest_egfr: { kind: "decimal", of: field("egfr") },
};

function lowerRenalRegistry(column: CheckedColumn, to: Lowering): Lowered {
  const dataset = renalDatasets[String(column.args["from_dataset"])] ?? "";
  const rows = matching("renal_registry", compare(field("dataset"), "=", text(dataset), "folded"));
  const value = renalFields[String(column.args["returning"])] ?? integer(1);
  const window = periodWindow(column, "started_on", to);
  return { value: to.summary(rows, window, { kind: "each", take: { value } })() };
}

export const datasetFunctions = {
  died_from_any_cause: (column, to) => lowerDeath(column, matching("registered_deaths"), to),
  with_these_codes_on_death_certificate: lowerDeathCertificate,
  with_death_recorded_in_cpns: lowerPatientNotification,
  admitted_to_icu: lowerIcu,
  with_test_result_in_sgss: lowerCovidTest,
  with_covid_therapeutics: lowerTreatment,
  with_healthcare_worker_flag_on_covid_vaccine_record: lowerHealthcareWorker,
  with_an_isaric_record: lowerIsaric,
  with_record_in_ukrr: lowerRenalRegistry,
} as const satisfies Record<string, LowerColumn>;
