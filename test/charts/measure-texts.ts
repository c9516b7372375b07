/** Measure files of three months, written by hand, as their texts. */
import type { Files } from "../commands/workspace.ts";

export const months = ["2020-01-01", "2020-02-01", "2020-03-01"] as const;

/** Of a row: its labels, then numerator and denominator; null is hidden. */
export type Figures = readonly [numerator: number | null, denominator: number | null];

export interface HandMade {
  readonly groups: readonly string[];
  readonly numerator?: string;
  readonly denominator?: string;
  /** By the labels, joined with commas where there are several: one entry for each month. */
  readonly rows: Readonly<Record<string, readonly Figures[]>>;
}

export function measureText({
  groups,
  rows,
  numerator = "ill",
  denominator = "population",
}: HandMade): string {
  const header = [...groups, numerator, denominator, "value", "date"];
  const lines = months.flatMap((date, at) =>
    Object.entries(rows).map(([labels, figures]) => {
      const [over = null, under = null] = figures[at] ?? [];
      const value = over === null || under === null || under === 0 ? "" : over / under;
      const cells = [
        ...(groups.length === 0 ? [] : [labels]),
        over ?? "",
        under ?? "",
        value,
        date,
      ];
      return cells.join(",");
    }),
  );
  return [header.join(","), ...lines, ""].join("\n");
}

export function measureFiles(measures: Readonly<Record<string, HandMade>>): Files {
  return Object.fromEntries(
    Object.entries(measures).map(([id, made]) => [`output/measure_${id}.csv`, measureText(made)]),
  );
}
