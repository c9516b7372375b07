/** A measure that Cohortline published, by what its author said. */
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import { roundingOf } from "../../measures/publishable.ts";
import { policyOf } from "../../measures/suppress.ts";
import type {
  MeasureCuts,
  PublishedMeasure,
  PublishedRounding,
  PublishingRule,
} from "./description.ts";

/** `cuts` is null where nothing that the study says holds for its numbers. */
export function publishedMeasure(
  spec: MeasureSpec,
  file: string,
  cuts: MeasureCuts | null,
): PublishedMeasure {
  const { id, numerator, denominator, group_by, groups = "all", withheld, merged } = spec;
  return {
    ...{ id, numerator, denominator, group_by, groups, file, rule: ruleOf(spec) },
    ...(withheld === undefined ? {} : { withheld }),
    ...(merged === undefined ? {} : { merged }),
    ...(cuts === null ? {} : { cuts }),
  };
}

function ruleOf(spec: MeasureSpec): PublishingRule {
  const policy = policyOf(spec);
  return {
    isOurs: true,
    threshold: policy.kind === "none" ? null : policy.threshold,
    secondary: true,
    as: "blank",
    rounding: publishedRounding(spec),
    derived: null,
    value: { from: "shown", decimals: null },
  };
}

function publishedRounding(spec: MeasureSpec): PublishedRounding {
  const rounding = roundingOf(spec);
  if (rounding === "none") return { kind: "none" };
  if (rounding === "midpoint6") return { kind: "midpoint6" };
  return { kind: "multiple", of: rounding.to };
}
