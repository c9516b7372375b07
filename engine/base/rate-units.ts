/** Units in which rates can be drawn. */
export const rateUnits = ["per-1000", "per-100000", "percent"] as const;

export type RateUnit = (typeof rateUnits)[number];
