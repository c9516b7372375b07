/**
 * Whether there can be patients behind tables of numbers. That is so where nobody need be counted twice: then events go
 * to different patients, and of each event, and of those without any, the labels are dealt column by column.
 */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { Witness } from "../check/layout.ts";
import type { ShownBy } from "../check/shown.ts";
import { nodeKey } from "./nodes.ts";
import type { Node } from "./nodes.ts";
import type { World } from "./world.ts";

/** Places of layouts of the same groups on the same date. */
interface Beside {
  readonly people: number;
  readonly counted: readonly number[];
}

export class PatientsBehind {
  readonly #canBeDealt: boolean;
  readonly #beside: readonly Beside[];
  readonly #found = new Map<Witness, boolean>();

  constructor({ cells: { layouts }, description: { facts, time } }: World) {
    this.#canBeDealt =
      facts.length === 0 &&
      time.cohort === "changing" &&
      canBeDealt(layouts.map(({ node }) => node));
    const groups = new Map<string, number[]>();
    for (const [at, { date, node }] of layouts.entries()) {
      const key = `${date}\n${nodeKey(node)}`;
      groups.set(key, [...(groups.get(key) ?? []), at]);
    }
    this.#beside = [...groups.values()].map((own) => {
      const people = own.find((at) => layouts[at]?.quantity === POPULATION) ?? -1;
      return { people, counted: own.filter((at) => at !== people) };
    });
  }

  /** False where that is not seen at once. */
  canBe(witness: Witness, { exchange }: ShownBy): boolean {
    let found = this.#found.get(witness);
    if (found === undefined) {
      found = this.#canBeDealt && this.#beside.every((own) => countsNobodyTwice(own, witness));
      this.#found.set(witness, found);
    }
    if (!found || exchange === undefined) return found;
    const [a, b] = exchange.places;
    const own = this.#beside.find(
      ({ people, counted }) =>
        people === exchange.layouts[0] || counted.includes(exchange.layouts[0] ?? -1),
    );
    const placed = (at: number, layout: number): number =>
      exchange.layouts.includes(layout) ? (at === a ? b : a) : at;
    return own !== undefined && [a, b].every((at) => hasRoom(own, witness, (l) => placed(at, l)));
  }
}

function countsNobodyTwice(own: Beside, witness: Witness): boolean {
  const size = witness[own.people]?.length ?? 0;
  for (let at = 0; at < size; at++) if (!hasRoom(own, witness, () => at)) return false;
  return size > 0;
}

function hasRoom(
  { people, counted }: Beside,
  witness: Witness,
  placed: (layout: number) => number,
): boolean {
  let sum = 0;
  for (const layout of counted) sum += witness[layout]?.[placed(layout)] ?? NaN;
  return sum <= (witness[people]?.[placed(people)] ?? NaN);
}

/** Whether labels can be dealt node after node: each time one can be left out that meets all others within one of them. */
function canBeDealt(nodes: readonly Node[]): boolean {
  let left = [...new Map(nodes.map((node) => [nodeKey(node), node])).values()];
  while (left.length > 1) {
    const now = left;
    const ear = now.find((node) => isEar(node, now));
    if (ear === undefined) return false;
    left = now.filter((node) => node !== ear);
  }
  return true;
}

function isEar(node: Node, nodes: readonly Node[]): boolean {
  const others = nodes.filter((other) => other !== node);
  const shared = node.filter((axis) => others.some((other) => other.includes(axis)));
  return others.some((other) => shared.every((axis) => other.includes(axis)));
}
