/** Consultations in general practice. */
import type { consultations } from "../../definition/functions/consultations.ts";
import { any, compare, field, integer } from "../model/value.ts";
import { lowerDatedRows, matching } from "./dated-rows.ts";
import type { LowerFamily } from "./lowering.ts";

/** Arrived, in progress, finished, visit, waiting, walked out. */
const SEEN = [1, 3, 4, 8, 9, 16];

export const lowerConsultations: LowerFamily<typeof consultations> = {
  with_gp_consultations: (column, to) => {
    const seen = any(...SEEN.map((status) => compare(field("status"), "=", integer(status))));
    return lowerDatedRows(column, matching("appointments", seen), "seen_at", to);
  },
};
