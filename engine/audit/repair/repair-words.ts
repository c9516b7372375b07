/** Repairs in words, without a number that anything is about. */
import type { AuditRepair } from "../audit-result.ts";
import type { RoundingRun } from "./repairs-file.ts";

/** `withhold 24 figures in 7 files`; what is lost can tell a number, and is said only where that is wanted. */
export function repairText(
  { by, actions, files, bits }: AuditRepair,
  showsValues: boolean,
): string {
  const lost = showsValues ? ` (${counted(bits, "bit")})` : "";
  const where = counted(files, "file");
  switch (by) {
    case "figures":
      return `withhold ${counted(actions.length, "figure")} in ${where}${lost}`;
    case "files":
      return `drop ${counted(actions.length, "table")} of ${where}${lost}`;
    case "rounding":
      return `${actions.map((action) => ("round" in action ? roundingText(action.round) : "")).join("")}${lost}`;
  }
}

/** `round all measures to 5 with threshold 7` */
export function roundingText({ threshold, rounding }: RoundingRun): string {
  const to = rounding === "midpoint6" ? "the middle of six" : rounding.to;
  return `round all measures to ${to}${threshold === undefined ? "" : ` with threshold ${threshold}`}`;
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
