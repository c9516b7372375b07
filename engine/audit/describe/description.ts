/** What an audit reads: everything that somebody with the released files has and knows. */
import type { IsoDate } from "../../base/dates.ts";
import type { ColumnCuts } from "../../measures/column-cut.ts";
import type { MergedLabels, WithheldFigure } from "../../measures/measure-spec.ts";

/** `sums` only adds up; `rules` also knows how small numbers are hidden and rounded. */
export type Attacker = "rules" | "sums";

export const attackers = ["rules", "sums"] as const satisfies readonly Attacker[];

/** What gets a verdict: small cells; people less a flag; what two figures differ by. */
export type TargetKind = "hidden" | "complements" | "differences";

export const targetKinds = [
  "hidden",
  "complements",
  "differences",
] as const satisfies readonly TargetKind[];

export interface Policy {
  /** Numbers of 1 to `small` are small. */
  readonly small: number;
  /** A cell with fewer possible values can be worked out. */
  readonly minValues: number;
  readonly attacker: Attacker;
  readonly targets: readonly TargetKind[];
}

/** A flag is 0 or 1 for a patient; a count is any whole number from 0. */
export type QuantityKind = "flag" | "count";

/** Numbers printed from true numbers: to a multiple, to the middle of six, or with noise up to `within`. */
export type PublishedRounding =
  | { readonly kind: "none" }
  | { readonly kind: "multiple"; readonly of: number }
  | { readonly kind: "midpoint6" }
  | { readonly kind: "within"; readonly most: number };

export interface PublishingRule {
  /** Made by Cohortline: presence and absence of rows and value columns mean what its README says. */
  readonly isOurs: boolean;
  /** 1 … threshold are hidden; null for none. */
  readonly threshold: number | null;
  /** Whether more is hidden where the small numbers could be worked out from a total. */
  readonly secondary: boolean;
  readonly as: "blank" | "zero" | "star" | "withheld";
  readonly rounding: PublishedRounding;
  /** The measure whose printed rows were added up; null where the numbers are of patients. */
  readonly derived: string | null;
  /** Ratio of the printed numbers, or of the true ones; `decimals` null means all digits. */
  readonly value: { readonly from: "shown" | "raw"; readonly decimals: number | null };
}

export interface PublishedMeasure {
  readonly id: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly group_by: readonly string[] | null;
  readonly groups: "all" | "observed";
  /** Where it is not `measure_ID.csv`. */
  readonly file?: string;
  readonly rule: PublishingRule;
  /** Blank because of a repair, and known to be: absent = nothing. */
  readonly withheld?: readonly WithheldFigure[];
  /** Labels that a repair has counted as one: absent = none. */
  readonly merged?: readonly MergedLabels[];
  /** Absent where the description says itself which columns cut the same. */
  readonly cuts?: MeasureCuts;
}

/** What its study says of its groups. */
export interface MeasureCuts {
  /** Null where nobody recorded what holds for its numbers. */
  readonly columns: ColumnCuts | null;
  /** By date: the same text for the same records. */
  readonly recordsAt: Readonly<Record<string, string>>;
}

export interface Release {
  readonly name: string;
  /** Releases of the same study and the same data are about the same patients. */
  readonly study: string;
  readonly data: string;
  readonly measures: readonly PublishedMeasure[];
  /** By date, where not all dates are of `data`. */
  readonly dataAt?: Readonly<Record<string, string>>;
  /** Text by name, `measure_ID.csv`. */
  readonly files: Readonly<Record<string, string>>;
  /** Of files whose text is not what lies on the disk. */
  readonly sha256?: Readonly<Record<string, string>>;
}

/** Several columns that cut the same values, such as age bands of two widths. */
export interface Dimension {
  readonly name: string;
  readonly values: readonly string[];
  /** By column and label, the values that it stands for. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export type Fact =
  | { readonly kind: "complement"; readonly columns: readonly [string, string] }
  /** The first is within the second. */
  | { readonly kind: "subset"; readonly columns: readonly [string, string] }
  | { readonly kind: "disjoint"; readonly columns: readonly [string, string] }
  | { readonly kind: "sum"; readonly whole: string; readonly parts: readonly string[] };

/** A number from elsewhere: of a register, or what somebody knows of one person. */
export interface Known {
  readonly quantity: string;
  readonly date: IsoDate;
  readonly groups: Readonly<Record<string, string>>;
  readonly atLeast: number;
  readonly atMost: number;
  /** Null for every data of the releases. */
  readonly data: string | null;
}

export interface Time {
  /** `fixed`: the same patients at every date. */
  readonly cohort: "changing" | "fixed";
  /** Flags that never go back to 0. */
  readonly cumulative: readonly string[];
  /** Columns that have one value per patient at all dates. */
  readonly static: readonly string[];
}

export interface Description {
  readonly policy: Partial<Policy>;
  /** Counted columns; one that is not here is a count. */
  readonly columns: Readonly<Record<string, QuantityKind>>;
  readonly dimensions: readonly Dimension[];
  readonly facts: readonly Fact[];
  /** Who says them: `given` by hand unless it is said. */
  readonly factsFrom?: string;
  readonly time: Time;
  readonly known: readonly Known[];
  readonly releases: readonly Release[];
  /** Keys of a description file that mean nothing. */
  readonly notRead?: readonly string[];
}

/** What the description leaves open follows from the largest threshold of its measures. */
export function policyOf({ policy, releases }: Description): Policy {
  const rules = releases.flatMap(({ measures }) => measures.map(({ rule }) => rule.threshold));
  const small = policy.small ?? (Math.max(0, ...rules.map((each) => each ?? 0)) || 5);
  return {
    small,
    minValues: policy.minValues ?? Math.max(Math.min(3, small), Math.ceil(small / 2)),
    attacker: policy.attacker ?? "rules",
    targets: policy.targets ?? ["hidden", "differences"],
  };
}
