/** High-cost drugs. */
import type { highCostDrugs } from "../../definition/functions/high-cost-drugs.ts";
import { isOneOf, lowerDatedRows, matching } from "./dated-rows.ts";
import type { LowerFamily } from "./lowering.ts";

export const lowerHighCostDrugs: LowerFamily<typeof highCostDrugs> = {
  with_high_cost_drugs: (column, to) => {
    const drugs = column.args.drug_name_matches;
    const rows = matching("high_cost_drugs", ...isOneOf("drug", drugs, to));
    return lowerDatedRows(column, rows, "given_in", to);
  },
};
