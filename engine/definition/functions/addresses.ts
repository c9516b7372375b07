/** Where the patients live, and with how many. */
import { date, expectations, required } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const requiredDate = { ...date, ...required } as const;

export const addresses = {
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
} as const satisfies Record<string, FunctionShape>;
