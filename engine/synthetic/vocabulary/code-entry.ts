/** A code of the built-in vocabulary and how often it comes. */
export interface CodeEntry {
  readonly code: string;
  /** Compared with the others of its vocabulary. */
  readonly weight: number;
  /** Null for what has no number. */
  readonly values: CodeValues | null;
}

export interface CodeValues {
  readonly mean: number;
  readonly stddev: number;
  /** From 0 to 1: how much of the spread is between patients and not between measurements. */
  readonly steady: number;
}

/** Lines of `code weight` or `code weight mean stddev steady`; what follows `#` is for the reader. */
export function codeEntries(text: string): readonly CodeEntry[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [code = "", weight, mean, stddev, steady] = line.split(/\s+/);
      const values =
        mean === undefined
          ? null
          : { mean: Number(mean), stddev: Number(stddev), steady: Number(steady) };
      return { code, weight: Number(weight), values };
    });
}

/** Rarer and rarer codes, as Zipf found in words: the n-th has a weight of `top` / (n + 3). */
export function rareCodes(codes: readonly string[], top: number): readonly CodeEntry[] {
  return codes.map((code, i) => ({ code, weight: top / (i + 4), values: null }));
}
