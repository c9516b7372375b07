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
  readonly #found = new Map<number, readonly string[] | null>();

  constructor(published: Published, layouts: readonly Layout[], printed: readonly Printed[]) {
    this.#published = published;
    this.#layouts = layouts;
    this.#printed = printed;
  }

  /** How each place is printed; null where more than that ties it to others. */
  of(at: number): readonly string[] | null {
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

  #printedFaces(at: number): readonly string[] | null {
    const faces = Array.from({ length: sizeOf(this.#layouts[at] ?? NOTHING) }, () => "");
    for (const { table, layouts, people, rows } of this.#printed) {
      if (!layouts.includes(at) && people !== at) continue;
      const columns = table.columns.filter((_, place) => layouts[place] === at);
      for (const [row, places] of rows.entries()) {
        const [place = 0, ...more] = places;
        if (more.length > 0) return null;
        const value = trueRatio(table, row) === null ? "" : `!${row}`;
        const texts = columns.map(
          (own) => `${own.texts[row] ?? ""}${own.withheld.has(row) ? "?" : ""}`,
        );
        faces[place] = `${faces[place] ?? ""}|${texts.join()}${value}`;
      }
      for (const [place, face] of faces.entries()) faces[place] = `${face};`;
    }
    return faces;
  }
}
