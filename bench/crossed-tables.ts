/** Published tables of a made-up flag by crossed groupings, as a description that an audit reads. */
import { publishable } from "../engine/measures/publishable.ts";
import type { MeasureSpec } from "../engine/measures/measure-spec.ts";
import { formatMeasure } from "../engine/measures/write-measure.ts";

export interface Crossed {
  /** How many labels each grouping has. */
  readonly sizes: readonly number[];
  /** Which groupings each table has, by their places. */
  readonly tables: readonly (readonly number[])[];
  readonly patients: number;
  /** Share of patients with the flag. */
  readonly share: number;
}

const DATE = "2020-01-01";

export function crossedTables({ sizes, tables, patients, share }: Crossed): string {
  const draw = drawing(20_201_127);
  const labels = sizes.map((size) => Int32Array.from({ length: patients }, () => draw() * size));
  const ill = Uint8Array.from({ length: patients }, () => Number(draw() < share));
  const made = tables.map((axes) => {
    const size = axes.reduce((product, axis) => product * (sizes[axis] ?? 1), 1);
    const [counts, people] = [new Float64Array(size), new Float64Array(size)];
    for (let patient = 0; patient < patients; patient++) {
      let at = 0;
      for (const axis of axes) at = at * (sizes[axis] ?? 1) + (labels[axis]?.[patient] ?? 0);
      people[at] = (people[at] ?? 0) + 1;
      counts[at] = (counts[at] ?? 0) + (ill[patient] ?? 0);
    }
    const spec: MeasureSpec = {
      ...{ id: `by_${axes.join("_")}`, numerator: "ill", denominator: "population" },
      ...{ group_by: axes.map((axis) => `group${axis}`), small_number_suppression: true },
    };
    const { table } = publishable({
      measure: spec,
      labels: axes.map((axis) => ({ name: `group${axis}`, values: valuesOf(sizes[axis] ?? 1) })),
      rows: size,
      columns: [
        { name: "ill", whole: true, values: counts },
        { name: "population", whole: true, values: people },
      ],
    });
    const rows = [...formatMeasure(table)].join("").trimEnd().split("\n");
    const text = rows.map((row, at) => `${row},${at === 0 ? "date" : DATE}\n`).join("");
    return { spec, file: `measure_${spec.id}.csv`, text };
  });
  const release = {
    ...{ name: "r", study: "s", data: "d", measures: made.map(({ spec }) => spec) },
    files: Object.fromEntries(made.map(({ file, text }) => [file, text])),
  };
  return JSON.stringify({ format: 1, columns: { ill: { kind: "flag" } }, releases: [release] });
}

function valuesOf(size: number): readonly string[] {
  return Array.from({ length: size }, (_, at) => `v${String(at).padStart(3, "0")}`);
}

/** The same numbers every time. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
