/**
 * run: requested explicitly, forced, or failed the last time. fresh: its outputs are what it would make
 * now. stale: something changed since. missing: it was never run, or outputs are gone.
 */
export const planStatuses = ["run", "fresh", "stale", "missing"] as const;
export type PlanStatus = (typeof planStatuses)[number];
