/**
 * The patterns of `.gitignore`, matched in time that grows with pattern times path and no faster: a
 * regular expression made of a pattern with many stars can take for ever, and a project brings both.
 */
type Piece = string | { readonly isOther: boolean; readonly characters: CharacterTest };
type CharacterTest = (character: string) => boolean;

const [ONE, ANY] = ["\0?", "\0*"] as const;

export interface Segment {
  readonly pieces: readonly Piece[];
  /** The one text that it matches; null where there are several. */
  readonly only: string | null;
}

export function segmentOf(pattern: string): Segment {
  const pieces: Piece[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern.charAt(i);
    const set = letter === "[" ? setAt(pattern, i) : null;
    if (set !== null) {
      pieces.push(set.piece);
      i = set.end;
    } else if (letter === "\\" && i + 1 < pattern.length) {
      i += 1;
      pieces.push(pattern.charAt(i));
    } else if (letter === "*") {
      if (pieces.at(-1) !== ANY) pieces.push(ANY);
    } else pieces.push(letter === "?" ? ONE : letter);
  }
  const letters = pieces.flatMap((piece) =>
    typeof piece === "string" && !piece.startsWith("\0") ? [piece] : [],
  );
  return { pieces, only: letters.length === pieces.length ? letters.join("") : null };
}

/** `[a-z]`, `[!0-9]`; null where nothing closes it. */
function setAt(pattern: string, start: number): { piece: Piece; end: number } | null {
  const isOther = /[!^]/.test(pattern.charAt(start + 1));
  const first = start + (isOther ? 2 : 1);
  const end = pattern.indexOf("]", first + 1);
  if (end === -1) return null;
  const ranges = Array.from(pattern.slice(first, end).matchAll(/(.)-(.)|(.)/gs)).map(
    ([, from, to, single]) => [single ?? from ?? "", single ?? to ?? ""] as const,
  );
  const characters = (letter: string): boolean =>
    ranges.some(([from, to]) => letter >= from && letter <= to);
  return { piece: { isOther, characters }, end };
}

export function matchesSegment({ pieces, only }: Segment, text: string): boolean {
  if (only !== null) return only === text;
  return matchesSequence(pieces, Array.from(text), (piece) => piece === ANY, fits);
}

function fits(piece: Piece, letter: string): boolean {
  if (typeof piece === "string") return piece === ONE || piece === letter;
  return piece.characters(letter) !== piece.isOther;
}

/** With one place to come back to: a later star makes earlier ones settled. */
export function matchesSequence<P, T>(
  pattern: readonly P[],
  items: readonly T[],
  isAny: (part: P) => boolean,
  matches: (part: P, item: T) => boolean,
): boolean {
  let [at, item, star, from] = [0, 0, -1, 0];
  while (item < items.length) {
    const part = pattern[at];
    if (part !== undefined && isAny(part)) {
      [star, from] = [at, item];
      at += 1;
    } else if (part !== undefined && matches(part, items[item] as T)) {
      at += 1;
      item += 1;
    } else if (star !== -1) {
      from += 1;
      [at, item] = [star + 1, from];
    } else return false;
  }
  return pattern.slice(at).every(isAny);
}
