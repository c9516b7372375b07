import type { PlannedAction } from "../state/plan.ts";

/** `stale    generate_cohorts  codelists/asthma.csv changed`, a line for each action. */
export function planLines(plan: readonly PlannedAction[]): readonly string[] {
  const width = Math.max(0, ...plan.map(({ action }) => action.name.length));
  return plan.map(({ action, status, reasons }) =>
    [status.padEnd(7), action.name.padEnd(width), reasons.join("; ")].join("  "),
  );
}

/** For programs. */
export function planJson(plan: readonly PlannedAction[]): unknown {
  return plan.map(({ action, status, reasons }) => ({
    action: action.name,
    standing: status,
    reasons,
    needs: action.needs.map(({ name }) => name),
  }));
}
