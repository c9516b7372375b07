/** How each place of a layout is printed: the numbers of two that are printed alike can be exchanged. */
import { POPULATION } from "../../measures/measure-spec.ts";
import { trueRatio } from "../describe/printed-ratio.ts";
import { NOTHING, sizeOf } from "./layout.ts";
import type { Layout } from "./layout.ts";
import type { Printed, Published } from "./places.ts";

export class Faces {
  readonly #published: Published;
  readonly #layouts: readonly Layout[];
  readonly #printed: readonly Printed[];
  readonly #found = new Map<number, Int32Array | null>();
  /** Numbered as they are met. */
  readonly #known = new Map<string, number>();

  constructor(published: Published, layouts: readonly Layout[], printed: readonly Printed[]) {
    this.#published = published;
    this.#layouts = layouts;
    this.#printed = printed;
  }

  /** The same number for places that are printed alike; null where more than that ties them to others. */
  of(at: number): Int32Array | null {
    const found = this.#found.get(at);
    if (found !== undefined) return found;
    const faces = this.#isAlone(at) ? this.#printedFaces(at) : null;
    this.#found.set(at, faces);
    return faces;
  }

  #isAlone(at: number): boolean {
    const { known, time } = this.#published.description;
    const { quantity, date, columns } = this.#layouts[at] ?? NOTHING;
    const shares = (other: Layout, place: number): boolean =>
      place !== at &&
      other.quantity === quantity &&
      other.date === date &&
      other.columns.some(({ name }) => columns.some((own) => own.name === name));
    return (
      time.cohort === "changing" &&
      !known.some((one) => one.quantity === quantity && Object.keys(one.groups).length > 0) &&
      !(quantity === POPULATION && columns.length > 1) &&
      !this.#layouts.some(shares)
    );
  }

  #printedFaces(at: number): Int32Array | null {
    const faces = new Int32Array(sizeOf(this.#layouts[at] ?? NOTHING));
    for (const [number, { table, layouts, people, rows }] of this.#printed.entries()) {
      if (!layouts.includes(at) && people !== at) continue;
      const columns = table.columns.filter((_, place) => layouts[place] === at);
      for (const [row, places] of rows.entries()) {
        const [place = 0, ...more] = places;
        if (more.length > 0) return null;
        const value = trueRatio(table, row) === null ? "" : `!${row}`;
        let face = `${number} ${faces[place] ?? 0}${value}`;
        for (const { texts, withheld } of columns)
          face += `,${texts[row] ?? ""}${withheld.has(row) ? "?" : ""}`;
        faces[place] = this.#numberOf(face);
      }
    }
    return faces;
  }

  #numberOf(face: string): number {
    let found = this.#known.get(face);
    if (found === undefined) this.#known.set(face, (found = this.#known.size + 1));
    return found;
  }
}
