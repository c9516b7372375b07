/** Whether true numbers would be printed as they were: the rules of the publisher, turned round. */
import type { Attacker, Sought } from "./every-truth.ts";
import { added, columnsOf, hidden, ourRows, rounded } from "./publication.ts";
import type { Printed, Row, Setting } from "./publication.ts";

export type Counts = readonly (readonly number[])[];

/** Whether counts of the date would be printed so. */
export function printsSo(
  { setting, printed, attacker }: Pick<Sought, "setting" | "printed" | "attacker">,
  date: number,
): (counts: Counts) => boolean {
  const own = printed
    .filter((each) => each.date === date)
    .map((each) => alike(setting, each, attacker));
  return (counts) => own.every((isAlike) => isAlike(counts));
}

function alike(
  setting: Setting,
  { table, rows, numbers, withheld, values }: Printed,
  attacker: Attacker,
): (counts: Counts) => boolean {
  const { rule } = table;
  const { names, hiding } = columnsOf(table);
  const places = names.map((name) => setting.quantities.findIndex((each) => each.name === name));
  const rowsFor = rule.isOurs ? ourRows(setting, table) : () => rows;
  const keyOf = (own: readonly Row[]): string => own.map(({ atoms }) => atoms.join()).join("|");
  const key = keyOf(rows);
  const isColumn = (own: readonly number[], column: number): boolean => {
    const gone = column < hiding ? hidden(own, rule) : new Set<number>();
    return own.every((n, row) => {
      const told = numbers[column]?.[row] ?? null;
      const isZero = told === 0 && rule.as === "zero" && column < hiding;
      const isClose =
        told !== null &&
        (rule.rounding.kind === "within"
          ? Math.abs(n - told) <= rule.rounding.by
          : rounded(n, rule.rounding) === told);
      if (attacker === "sums")
        return (
          told === null || isClose || (isZero && (rule.secondary || n <= (rule.threshold ?? 0)))
        );
      const isKept = withheld[column]?.has(row) === true;
      if (gone.has(row)) return rule.as === "zero" ? told === 0 : told === null && !isKept;
      if (told === null) return rule.as === "withheld" || isKept;
      return isClose;
    });
  };
  const below = table.numerator === table.denominator ? 0 : 1;
  const { from, decimals } = rule.value;
  const reach = decimals === null ? 0 : 0.5 * 10 ** -decimals + 1e-12;
  const isRatio = (raw: Counts): boolean =>
    from === "shown" ||
    values.every(
      (text, row) =>
        text === "" ||
        Math.abs((raw[0]?.[row] ?? NaN) / (raw[below]?.[row] ?? NaN) - Number(text)) <= reach,
    );
  return (counts) => {
    const raw = places.map((at) => rows.map(({ atoms }) => added(counts[at] ?? [], atoms)));
    return raw.every(isColumn) && isRatio(raw) && keyOf(rowsFor(counts[0] ?? [])) === key;
  };
}
