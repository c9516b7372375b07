/** Weight, height and the index of body mass: by which concepts they are measured, and in which units. */
import type { Source } from "../provision.ts";

/** Units of weight and of height, in kilograms and metres. */
export const kilogramsIn = { kg: 1, g: 0.001, lb: 0.45359237 } as const;
export const metresIn = { m: 1, cm: 0.01, in: 0.0254 } as const;

export interface DeclaredBodyMass {
  /** Standard concepts. */
  readonly index: readonly number[];
  readonly weight: readonly number[];
  readonly height: readonly number[];
  readonly kilograms: DeclaredUnits;
  readonly metres: DeclaredUnits;
}

export interface DeclaredUnits {
  /** Concepts of units, and what one of them is. */
  readonly factors: readonly (readonly [unit: number, factor: number])[];
  /** What one is where a value has no unit; null where such values are left out. */
  readonly ifMissing: number | null;
}

export const usualBodyMass: DeclaredBodyMass = {
  index: [3038553],
  weight: [3025315],
  height: [3036277],
  kilograms: {
    factors: [
      [9529, kilogramsIn.kg],
      [8504, kilogramsIn.g],
      [8739, kilogramsIn.lb],
    ],
    ifMissing: null,
  },
  metres: {
    factors: [
      [9546, metresIn.m],
      [8582, metresIn.cm],
      [9330, metresIn.in],
    ],
    ifMissing: null,
  },
};

const none = { kind: "number", value: 0 } as const;

/** `unitText` is the unit as it was recorded: a concept of 0 beside it stands for one that no vocabulary has. */
export function inUnits(
  { of, unit, unitText }: { readonly of: Source; readonly unit: Source; readonly unitText: Source },
  { factors, ifMissing }: DeclaredUnits,
): Source {
  if (ifMissing === null) return { kind: "scaled", of, unit, factors };
  const recorded: Source = { kind: "unless-number", of: unit, numbers: [none.value] };
  const text: Source = { kind: "first-of", of: [unitText, { kind: "text", value: "" }] };
  const noUnit: Source = { kind: "when", of: none, is: text, in: [""] };
  return {
    kind: "scaled",
    of,
    unit: { kind: "first-of", of: [recorded, noUnit] },
    factors: [...factors, [none.value, ifMissing]],
  };
}
