/**
 * Takes `--param` and its words out of a command line: `--param a=b`, `--param a = b`, `--param=a=b`.
 * It swallows words up to the next option, as the reference does (spec/cohort.md 5), which no option
 * parser can tell apart from a repeated option.
 */
export function takeParamWords(argv: readonly string[]): {
  readonly rest: readonly string[];
  readonly params: readonly (readonly string[])[];
} {
  const rest: string[] = [];
  const params: string[][] = [];
  let current: string[] | null = null;
  for (const word of argv) {
    if (word === "--param" || word.startsWith("--param=")) {
      current = word === "--param" ? [] : [word.slice("--param=".length)];
      params.push(current);
    } else if (word.startsWith("--")) {
      current = null;
      rest.push(word);
    } else (current ?? rest).push(word);
  }
  return { rest, params };
}
