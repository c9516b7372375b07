/** Who patients are, where they are registered and where they live. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import { parseClusterTrial } from "../../definition/functions/cluster-trials.ts";
import type { Order, Rows, Window } from "../model/rows.ts";
import { all, compare, field, flag, integer, isPresent, text } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { dateArgument } from "./lower-date.ts";
import { lowerRules } from "./lower-condition.ts";
import type { Term } from "./lower-condition.ts";
import { matching } from "./lower-events.ts";
import type { LowerColumn, Lowered, Lowering } from "./lowering.ts";

const patient = (name: "sex" | "born_on" | "died_on"): Value => ({ kind: "patient", name });

/** Rows that had begun by the first day and went on beyond the last. */
function covering(starts: Value, first: Value, last: Value): Window {
  return { kind: "covering", starts, ends: field("ends_at"), first, last };
}

/** The practice itself must be known. */
function lowerRegistered(from: string, to: string, needsLiveRecords: boolean): LowerColumn {
  return (column, lowering) => {
    const starts: Value = needsLiveRecords
      ? { kind: "later", of: [field("starts_at"), field("practice_live_from")] }
      : field("starts_at");
    const [first, last] = [
      dateArgument(column, from, lowering),
      dateArgument(column, to, lowering),
    ];
    const rows = matching("practice_registrations", isPresent(field("known_practice_id")));
    const found = lowering.summary(rows, covering(starts, first, last), { kind: "exists" });
    return { value: found() };
  };
}

function latest(name: string): Order {
  return { of: field(name), descending: true };
}

function lowest(of: Value): Order {
  return { of, descending: false };
}

/** The practice as of a day: the latest to begin, then the latest to end, then the lowest id. */
function lowerPractice(column: CheckedColumn, to: Lowering): Lowered {
  const day = dateArgument(column, "date", to);
  const returning = String(column.args["returning"]);
  const { rows, value } = practiceRows(returning);
  const picked = to.summary(rows, covering(field("starts_at"), day, day), {
    kind: "pick",
    take: { value },
    order: [latest("starts_at"), latest("ends_at"), lowest(field("registration_id"))],
  });
  return { value: picked() };
}

const practiceFields: Readonly<Record<string, string>> = {
  stp_code: "stp_code",
  msoa: "msoa",
  msoa_code: "msoa",
  nuts1_region_name: "region",
  pseudo_id: "known_practice_id",
};

function practiceRows(returning: string): { readonly rows: Rows; readonly value: Value } {
  const registrations = matching("practice_registrations");
  const known = practiceFields[returning];
  if (known !== undefined) return { rows: registrations, value: field(known) };
  const trial = parseClusterTrial(returning);
  if (trial === null) throw new Error(`no practice property ${returning}`);
  const isOf = compare(field("trial"), "=", text(trial.trial), "folded");
  if (trial.property === "enrolled" || trial.property === "trial_arm") {
    const rows: Rows = {
      kind: "looked-up",
      from: registrations,
      table: "trial_practices",
      on: ["practice_id", "practice_id"],
      where: isOf,
      take: { trial_arm: "arm" },
      order: ["arm"],
      found: "is_enrolled",
    };
    return { rows, value: field(trial.property === "enrolled" ? "is_enrolled" : "trial_arm") };
  }
  const isProperty = compare(field("property"), "=", text(trial.property), "folded");
  const rows: Rows = {
    kind: "looked-up",
    from: registrations,
    table: "trial_properties",
    on: ["practice_id", "practice_id"],
    where: all(isOf, isProperty),
    take: { trial_value: "value" },
    order: ["value"],
    found: "has_property",
  };
  return { rows, value: field("trial_value") };
}

/** The latest to begin, then to end, then one with a post code, then the lowest id. */
const addressOrder: readonly Order[] = [
  latest("starts_at"),
  latest("ends_at"),
  lowest(flag(compare(field("msoa"), "=", text("NPC"), "folded"))),
  lowest(field("address_id")),
];

function lowerAddress(column: CheckedColumn, to: Lowering): Lowered {
  const day = dateArgument(column, "date", to);
  const fields: Readonly<Record<string, string>> = {
    index_of_multiple_deprivation: "imd_rank",
    rural_urban_classification: "rural_urban_class",
    msoa: "msoa",
  };
  const returning = String(column.args["returning"]);
  const picked = to.summary(matching("addresses"), covering(field("starts_at"), day, day), {
    kind: "pick",
    take: { value: field(fields[returning] ?? returning) },
    order: addressOrder,
  });
  return { value: picked() };
}

/** A condition on a missing nursing flag does not hold, and neither does its negation. */
function lowerCareHome(column: CheckedColumn, to: Lowering): Lowered {
  const day = dateArgument(column, "date", to);
  const nursing = { requires_nursing: "requires_nursing", no_nursing: "no_nursing" };
  const rows: Rows = {
    kind: "looked-up",
    from: matching("addresses"),
    table: "care_homes",
    on: ["address_id", "address_id"],
    where: null,
    take: nursing,
    order: Object.values(nursing),
    found: "is_care_home",
  };
  const picked = to.summary(rows, covering(field("starts_at"), day, day), {
    kind: "pick",
    take: {
      address: integer(1),
      is_care_home: field("is_care_home"),
      requires_nursing: field("requires_nursing"),
      no_nursing: field("no_nursing"),
    },
    order: addressOrder,
  });
  const terms: Readonly<Record<string, Term>> = {
    IsPotentialCareHome: {
      value: { kind: "coalesce", of: picked("is_care_home"), otherwise: integer(0) },
      type: "int",
      emptyNumber: 0,
    },
    LocationRequiresNursing: { value: picked("requires_nursing"), type: "str", emptyNumber: 0 },
    LocationDoesNotRequireNursing: { value: picked("no_nursing"), type: "str", emptyNumber: 0 },
  };
  const then = lowerRules(column.rules ?? [], (name) => {
    const term = terms[name];
    if (term === undefined) throw new Error(`no care home term ${name}`);
    return term;
  });
  const when = isPresent(picked("address"));
  return { value: { kind: "choose", cases: [{ when, then }], otherwise: null } };
}

/** Households were recorded once; the date is checked before. */
function lowerHousehold(column: CheckedColumn, to: Lowering): Lowered {
  const fields: Readonly<Record<string, Value>> = {
    pseudo_id: field("household_id"),
    household_size: field("size"),
    is_prison: flag({ kind: "is-true", of: field("is_prison") }),
    has_members_in_other_ehr_systems: flag({ kind: "is-true", of: field("has_other_systems") }),
    percentage_of_members_with_data_in_this_backend: field("percentage_here"),
    msoa: field("msoa"),
  };
  const value = fields[String(column.args["returning"])] ?? integer(0);
  const output = { kind: "each", take: { value } } as const;
  return { value: to.summary(matching("households"), { kind: "always" }, output)() };
}

export const demographicFunctions = {
  all: () => ({ value: integer(1) }),
  random_sample: (column) => {
    const percent: Value = { kind: "float", value: Number(column.args["percent"]) };
    return { value: flag(compare({ kind: "patient-hash", salt: column.name }, "<", percent)) };
  },
  sex: () => ({ value: patient("sex") }),
  age_as_of: (column, to) => {
    const at = dateArgument(column, "reference_date", to);
    return { value: { kind: "completed-years", from: patient("born_on"), to: at } };
  },
  date_of_birth: () => ({ value: patient("born_on") }),
  registered_as_of: lowerRegistered("reference_date", "reference_date", false),
  registered_with_one_practice_between: lowerRegistered("start_date", "end_date", false),
  with_complete_gp_consultation_history_between: lowerRegistered("start_date", "end_date", true),
  registered_practice_as_of: lowerPractice,
  address_as_of: lowerAddress,
  care_home_status_as_of: lowerCareHome,
  household_as_of: lowerHousehold,
} as const satisfies Record<string, LowerColumn>;
