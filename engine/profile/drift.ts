/** Shares that change more from one index date to the next than chance and habit explain. */
import type { IsoDate } from "../base/dates.ts";

export interface Drift {
  readonly date: IsoDate;
  readonly from: number;
  readonly to: number;
}

/** In shares: five percentage points. */
export const LEAST_DRIFT = 0.05;
/** In standard errors of the difference of two shares. */
export const LEAST_ERRORS = 4;

/** `patients` are those of each date; a date without patients is passed over. */
export function driftOf(
  dates: readonly IsoDate[],
  shares: readonly (number | null)[],
  patients: readonly number[],
): readonly Drift[] {
  const found: Drift[] = [];
  let before: { readonly share: number; readonly patients: number } | null = null;
  for (const [at, share] of shares.entries()) {
    const now = { share: share ?? 0, patients: patients[at] ?? 0 };
    const date = dates[at];
    if (share === null || date === undefined || now.patients === 0) continue;
    if (before !== null && isDrift(before, now))
      found.push({ date, from: before.share, to: share });
    before = now;
  }
  return found;
}

interface Share {
  readonly share: number;
  readonly patients: number;
}

function isDrift(before: Share, now: Share): boolean {
  const change = Math.abs(now.share - before.share);
  const all = before.patients + now.patients;
  const pooled = (before.share * before.patients + now.share * now.patients) / all;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.patients + 1 / now.patients));
  return change >= LEAST_DRIFT && change > LEAST_ERRORS * error;
}
