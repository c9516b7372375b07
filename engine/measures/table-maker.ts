/** From what was counted to one table per measure. */
import type { CohortReading } from "../table/cohort-reader.ts";
import { tallyOf } from "./counting.ts";
import type { Counting } from "./counting.ts";
import { inFileOrder, layOut, layOutObserved, sortLabels } from "./layout.ts";
import type { Layout, SortedLabels } from "./layout.ts";
import { POPULATION, countedColumns, groupKeys, labelColumns } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import type { GroupLabel, MeasureColumn, MeasureTable } from "./measure-table.ts";
import { emptySum } from "./running-sum.ts";
import type { Tally } from "./tally.ts";

/** Sorts each dictionary and lays out each tally once, however many measures need it. */
export function tableMaker(
  counting: Counting,
  dictionaries: CohortReading["dictionaries"],
): (measure: MeasureSpec) => MeasureTable {
  const { wanted } = counting;
  const numeric = new Set(wanted.numbers);
  const rank = once((key: number): SortedLabels =>
    sortLabels(dictionaries[key] ?? [], numeric.has(wanted.texts[key] ?? "")),
  );
  const layoutOf = once((tally: Tally): Layout & { places?: readonly Uint32Array[] } =>
    (tally.observedOnly ? layOutObserved : layOut)(tally, tally.keys.map(rank)),
  );
  return (measure) => {
    const tally = tallyOf(counting, measure);
    if (tally === undefined) return patientTable(counting, measure);
    const layout = layoutOf(tally);
    const labels = labelsOf(measure, tally.keys.map(rank), layout);
    const columns = shownNumbers(measure).map((name) => sumColumn(counting, tally, name, layout));
    return { measure, labels, rows: layout.rows, columns };
  };
}

function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** One group of everybody shows its size even where nothing is divided by it. */
function shownNumbers(measure: MeasureSpec): readonly string[] {
  const counted = countedColumns(measure);
  const everybody = groupKeys(measure).length === 0;
  return everybody && !counted.includes(POPULATION) ? [...counted, POPULATION] : counted;
}

/** `population` beside other keys is a key whose only value is 1, what each patient counts. */
function labelsOf(
  measure: MeasureSpec,
  keys: readonly SortedLabels[],
  { rows, places }: { readonly rows: number; readonly places?: readonly Uint32Array[] },
): readonly GroupLabel[] {
  const names = groupKeys(measure);
  return labelColumns(measure).map((name): GroupLabel => {
    const at = names.indexOf(name);
    const words = keys[at]?.values ?? ["1"];
    return places === undefined
      ? { name, values: words }
      : { name, values: words, places: places[at] ?? new Uint32Array(rows) };
  });
}

function sumColumn(
  { wanted }: Counting,
  tally: Tally,
  name: string,
  layout: Layout,
): MeasureColumn {
  const whole = name === POPULATION;
  const sum = whole ? tally.patients : tally.sums.get(wanted.numbers.indexOf(name));
  return { name, whole, values: inFileOrder(sum ?? emptySum(), layout) };
}

function patientTable({ wanted, patients }: Counting, measure: MeasureSpec): MeasureTable {
  const rows = patients?.rows ?? 0;
  const columns = countedColumns(measure).map((name): MeasureColumn => {
    if (name === POPULATION) return { name, whole: true, values: new Float64Array(rows).fill(1) };
    const kept = patients?.columns.get(wanted.numbers.indexOf(name));
    return { name, whole: false, values: (kept ?? new Float64Array(0)).subarray(0, rows) };
  });
  return { measure, labels: [], rows, columns };
}
