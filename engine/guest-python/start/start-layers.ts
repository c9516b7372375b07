/**
 * What a start image holds: Python with our modules and pandas, then what draws charts, then what fits models. Each
 * layer builds on the one before, and an action is started from as many as its code asks for.
 */

interface StartLayer {
  /** Of a function in `cohortline_guest/ready.py`. */
  readonly name: string;
  /** Names of libraries whose mention asks for it; null asks always. */
  readonly askedBy: RegExp | null;
}

export const startLayers: readonly StartLayer[] = [
  { name: "tables", askedBy: null },
  { name: "charts", askedBy: /\b(?:matplotlib|pylab|plot|hist)\b/ },
  { name: "models", askedBy: /\b(?:scipy|seaborn|statsmodels|sklearn)\b/ },
];

/** How many of them code asks for that has these texts. A mention too much costs a moment, one too few a slower import. */
export function layersFor(texts: readonly string[]): number {
  return (
    startLayers.findLastIndex(
      ({ askedBy }) => askedBy === null || texts.some((text) => askedBy.test(text)),
    ) + 1
  );
}
