/** Where the patients are registered. */
import { date, dateFormat, expectations, period, required } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const requiredDate = { ...date, ...required } as const;
const spell = { start_date: requiredDate, end_date: requiredDate, ...expectations } as const;

export const registrations = {
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
} as const satisfies Record<string, FunctionShape>;
