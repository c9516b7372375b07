/** Heights for labels beside the ends of lines, so that none overlaps another. */

export interface LabelPlace {
  /** Where the line ends. */
  readonly wanted: number;
  readonly given: number;
}

/**
 * As close to the wanted heights as can be, in their order, `gap` apart and inside `from` to `to`: labels that
 * would touch form a block around the middle of what its members want.
 */
export function labelPlaces(
  wanted: readonly number[],
  { gap, from, to }: { readonly gap: number; readonly from: number; readonly to: number },
): readonly LabelPlace[] {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const blocks: Block[] = [];
  for (const at of order) {
    let block = inside({ members: [at], middle: wanted[at] ?? 0 }, { gap, from, to });
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (bottom(above, gap) <= top(block, gap)) break;
      blocks.pop();
      block = merged(above, block, { gap, from, to });
    }
    blocks.push(block);
  }
  const given = new Map(
    blocks.flatMap((block) =>
      block.members.map((at, row) => [at, top(block, gap) + gap * (row + 0.5)] as const),
    ),
  );
  return wanted.map((each, at) => ({ wanted: each, given: given.get(at) ?? each }));
}

interface Block {
  readonly members: readonly number[];
  readonly middle: number;
}

interface Room {
  readonly gap: number;
  readonly from: number;
  readonly to: number;
}

const height = ({ members }: Block, gap: number): number => members.length * gap;
const top = (block: Block, gap: number): number => block.middle - height(block, gap) / 2;
const bottom = (block: Block, gap: number): number => block.middle + height(block, gap) / 2;

function merged(above: Block, below: Block, room: Room): Block {
  const members = [...above.members, ...below.members];
  const share = above.members.length / members.length;
  const middle = above.middle * share + below.middle * (1 - share);
  return inside({ members, middle }, room);
}

function inside(block: Block, { gap, from, to }: Room): Block {
  const half = height(block, gap) / 2;
  return { ...block, middle: Math.max(from + half, Math.min(to - half, block.middle)) };
}
