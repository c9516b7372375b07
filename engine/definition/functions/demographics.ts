/** Who the patients are, where they are registered and where they live. */
import { date, dateFormat, expectations, flag, period, required, returning } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const requiredDate = { ...date, ...required } as const;
const spell = { start_date: requiredDate, end_date: requiredDate, ...expectations } as const;

export const demographics = {
  all: { args: {}, type: "bool" },
  random_sample: {
    args: { percent: { kind: "number", ...required }, ...expectations },
    type: "bool",
  },
  sex: { args: { ...expectations }, type: "str" },
  age_as_of: { args: { reference_date: requiredDate, ...expectations }, type: "int" },
  date_of_birth: {
    args: { date_format: { kind: "date-format", oneOf: ["YYYY", "YYYY-MM"] }, ...expectations },
    type: "date",
  },
  registered_as_of: { args: { reference_date: requiredDate, ...expectations }, type: "bool" },
  registered_with_one_practice_between: { args: spell, type: "bool" },
  with_complete_history_between: { args: spell, type: "bool" },
  with_complete_gp_consultation_history_between: { args: spell, type: "bool" },
  date_deregistered_from_all_supported_practices: {
    args: { ...period, ...dateFormat, ...expectations },
    type: "date",
  },
  registered_practice_as_of: {
    args: { date: requiredDate, returning: { kind: "returning", ...required }, ...expectations },
    type: "returning",
    // `rct__TRIAL__PROPERTY` besides: see cluster-trials.ts.
    returning: {
      stp_code: "str",
      msoa: "str",
      msoa_code: "str",
      nuts1_region_name: "str",
      pseudo_id: "int",
    },
  },
  address_as_of: {
    args: {
      date: requiredDate,
      returning: { kind: "returning", ...required },
      round_to_nearest: { kind: "number" },
      ...expectations,
    },
    type: "returning",
    returning: {
      index_of_multiple_deprivation: "int",
      rural_urban_classification: "int",
      msoa: "str",
    },
  },
  care_home_status_as_of: {
    args: { date: requiredDate, categorised_as: { kind: "categories" }, ...expectations },
    type: "categories",
  },
  household_as_of: {
    args: {
      reference_date: requiredDate,
      returning: { kind: "returning", ...required },
      ...expectations,
    },
    type: "returning",
    returning: {
      pseudo_id: "int",
      household_size: "int",
      is_prison: "bool",
      has_members_in_other_ehr_systems: "bool",
      percentage_of_members_with_data_in_this_backend: "int",
      msoa: "str",
    },
  },
  with_ethnicity_from_sus: {
    args: {
      returning: { kind: "returning", ...required },
      use_most_frequent_code: { ...flag, ...required },
      ...expectations,
    },
    type: "returning",
    returning: { code: "str", group_6: "str", group_16: "str" },
  },
  with_death_recorded_in_primary_care: {
    args: { ...period, ...returning("binary_flag"), ...dateFormat, ...expectations },
    type: "returning",
    returning: { binary_flag: "bool", date_of_death: "date" },
  },
} as const satisfies Record<string, FunctionShape>;
