/** Numbers that are added one after the other, without knowing how many there will be. */

type Numbers = Float64Array | Uint32Array;

export interface GrowingNumbers<A extends Numbers> {
  /** Longer than `count`; another one after `reserve`. */
  numbers: A;
  count: number;
}

const FEWEST = 1024;

export function growingFloats(): GrowingNumbers<Float64Array> {
  return { numbers: new Float64Array(FEWEST), count: 0 };
}

export function growingCodes(): GrowingNumbers<Uint32Array> {
  return { numbers: new Uint32Array(FEWEST), count: 0 };
}

/** Makes room for so many more. */
export function reserve<A extends Numbers>(held: GrowingNumbers<A>, more: number): void {
  const { numbers, count } = held;
  if (count + more <= numbers.length) return;
  const longer = new (numbers.constructor as new (length: number) => A)(
    Math.max(2 * numbers.length, count + more),
  );
  longer.set(numbers);
  held.numbers = longer;
}

export function added<A extends Numbers>({ numbers, count }: GrowingNumbers<A>): A {
  return numbers.subarray(0, count) as A;
}
