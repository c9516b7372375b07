/** What a printed number may have been: the rules of publishing turned round. */
import type { Attacker, PublishedRounding, PublishingRule } from "./description.ts";

/** Whole numbers from `lo` to `hi`, but for 1 … `gap`. */
export interface Domain {
  readonly lo: number;
  readonly hi: number;
  readonly gap: number;
}

/** For numbers without an upper end; sums of many of them are still exact. */
export const UNLIMITED = 1e9;

export const anyNumber: Domain = { lo: 0, hi: UNLIMITED, gap: 0 };

/** `threshold` is null where the column has none. */
export function domainOfPrinted(
  printed: number | null,
  rule: Pick<PublishingRule, "as" | "rounding" | "secondary">,
  threshold: number | null,
  attacker: Attacker,
): Domain {
  const zeroHides = rule.as === "zero" ? (threshold ?? 0) : 0;
  if (printed === null) {
    const isSmall = attacker === "rules" && threshold !== null && rule.as !== "withheld";
    if (!isSmall) return anyNumber;
    // Where more than small numbers may be hidden, the rule of the whole table says how large.
    return { lo: 1, hi: rule.secondary ? UNLIMITED : threshold, gap: 0 };
  }
  const { lo, hi } = beforeRounding(printed, rule.rounding);
  if (printed === 0 && zeroHides > 0) {
    // Beside small numbers larger ones can be hidden too.
    return { lo: 0, hi: rule.secondary ? UNLIMITED : Math.max(hi, zeroHides), gap: 0 };
  }
  if (attacker === "sums" || threshold === null) return { lo, hi, gap: 0 };
  return lo > 0 ? { lo: Math.max(lo, threshold + 1), hi, gap: 0 } : { lo, hi, gap: threshold };
}

/** Blank although the rule did not hide it: 0 or larger than what is hidden. */
export function domainOfWithheld(threshold: number | null, attacker: Attacker): Domain {
  return attacker === "sums" ? anyNumber : { ...anyNumber, gap: threshold ?? 0 };
}

/** A half is rounded up. */
function beforeRounding(
  printed: number,
  rounding: PublishedRounding,
): Readonly<Record<"lo" | "hi", number>> {
  switch (rounding.kind) {
    case "none":
      return { lo: printed, hi: printed };
    case "multiple": {
      const half = rounding.of / 2;
      return { lo: Math.max(0, Math.ceil(printed - half)), hi: Math.ceil(printed + half) - 1 };
    }
    case "midpoint6":
      return printed === 0 ? { lo: 0, hi: 0 } : { lo: Math.max(0, printed - 2), hi: printed + 3 };
    case "within":
      return { lo: Math.max(0, printed - rounding.most), hi: printed + rounding.most };
  }
}

export function isPossible({ lo, hi, gap }: Domain, value: number): boolean {
  return value >= lo && value <= hi && !(value > 0 && value <= gap);
}
