/** Which lines two texts do not share. */

export interface DifferingLine {
  readonly kind: "same" | "removed" | "added" | "left out";
  /** "" for lines that are left out. */
  readonly text: string;
}

/** Beyond this a table of lines against lines is larger than a page is worth. */
const MOST_CELLS = 4_000_000;
const LINES_AROUND = 3;

/** With three lines around each difference; null where the texts differ in too many lines to tell. */
export function lineDifference(before: string, after: string): readonly DifferingLine[] | null {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const start = sharedLines(old, now, (lines, at) => lines[at]);
  const rest = [old.slice(start), now.slice(start)] as const;
  const end = sharedLines(rest[0], rest[1], (lines, at) => lines[lines.length - 1 - at]);
  const [gone, come] = [
    rest[0].slice(0, rest[0].length - end),
    rest[1].slice(0, rest[1].length - end),
  ];
  if (gone.length * come.length > MOST_CELLS) return null;
  return shortened([
    ...old.slice(0, start).map(same),
    ...between(gone, come),
    ...old.slice(old.length - end).map(same),
  ]);
}

function same(text: string): DifferingLine {
  return { kind: "same", text };
}

function sharedLines(
  a: readonly string[],
  b: readonly string[],
  lineOf: (lines: readonly string[], at: number) => string | undefined,
): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && lineOf(a, at) === lineOf(b, at)) at++;
  return at;
}

/** By the longest lines that both have in the same order. */
function between(gone: readonly string[], come: readonly string[]): readonly DifferingLine[] {
  const width = come.length + 1;
  const lengths = new Uint32Array((gone.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = gone.length - 1; i >= 0; i--) {
    for (let j = come.length - 1; j >= 0; j--) {
      const isSame = gone[i] === come[j];
      lengths[i * width + j] = isSame ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DifferingLine[] = [];
  for (let i = 0, j = 0; i < gone.length || j < come.length;) {
    const [old, now] = [gone[i], come[j]];
    if (old !== undefined && old === now) {
      lines.push(same(old));
      [i, j] = [i + 1, j + 1];
    } else if (now === undefined || (old !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: "removed", text: old ?? "" });
      i++;
    } else {
      lines.push({ kind: "added", text: now });
      j++;
    }
  }
  return lines;
}

function shortened(lines: readonly DifferingLine[]): readonly DifferingLine[] {
  const near = new Set<number>();
  for (const [at, { kind }] of lines.entries()) {
    if (kind === "same") continue;
    for (let i = at - LINES_AROUND; i <= at + LINES_AROUND; i++) near.add(i);
  }
  return lines.flatMap((line, at) => {
    if (near.has(at)) return [line];
    const isFirst = at === 0 || near.has(at - 1);
    return isFirst ? [{ kind: "left out", text: "" } as const] : [];
  });
}
