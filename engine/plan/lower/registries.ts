/** ISARIC and the UK Renal Registry. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import { isaricColumnTypes } from "../../definition/functions/isaric-columns.ts";
import type { registries } from "../../definition/functions/registries.ts";
import type { Window } from "../model/rows.ts";
import { compare, field, integer, text } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { matching } from "./dated-rows.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

function lowerIsaric(column: CheckedColumn<"with_an_isaric_record">, to: Lowering): Lowered {
  const { date_filter_column: filter, returning } = column.args;
  const window: Window =
    filter === undefined ? { kind: "always" } : periodWindow(column, filter, to);
  if (isaricColumnTypes[returning] === undefined) throw new Error(`no column ${returning}`);
  const output = { kind: "each", take: { value: field(returning) } } as const;
  return { value: to.summary(matching("isaric"), window, output)() };
}

type RenalColumn = CheckedColumn<"with_record_in_ukrr">;

const renalDatasets: { readonly [D in RenalColumn["args"]["from_dataset"]]: string } = {
  "2019_prevalence": "2019prev",
  "2020_prevalence": "2020prev",
  "2021_prevalence": "2021prev",
  "2020_incidence": "2020inc",
  "2020_ckd": "2020ckd",
};

const renalFields: { readonly [R in RenalColumn["args"]["returning"]]: Value } = {
  binary_flag: integer(1),
  renal_centre: field("renal_centre"),
  rrt_start_date: field("started_on"),
  treatment_modality_start: field("modality_at_start"),
  treatment_modality_prevalence: field("modality"),
  latest_creatinine: { kind: "decimal", of: field("creatinine") },
  latest_egfr: { kind: "decimal", of: field("egfr") },
};

function lowerRenalRegistry(column: RenalColumn, to: Lowering): Lowered {
  const { from_dataset: from, returning } = column.args;
  const isOf = compare(field("dataset"), "=", text(renalDatasets[from]), "folded");
  const window = periodWindow(column, "started_on", to);
  const output = { kind: "each", take: { value: renalFields[returning] } } as const;
  return { value: to.summary(matching("renal_registry", isOf), window, output)() };
}

export const lowerRegistries: LowerFamily<typeof registries> = {
  with_an_isaric_record: lowerIsaric,
  with_record_in_ukrr: lowerRenalRegistry,
};
