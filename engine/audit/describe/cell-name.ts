/** What an audit has a verdict of. */

/** Named by its first figure: files in the order of the description, then rows from the top. */
export interface CellName {
  readonly of: "cell" | "complement" | "difference";
  readonly quantity: string;
  readonly date: string;
  /** Of a difference of two dates: the earlier one. */
  readonly since?: string;
  /** Of a difference of two quantities: the smaller one. */
  readonly without?: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly study: string;
  readonly data: string;
}

/** The same for two names of the same cell. */
export function cellKey({
  of,
  quantity,
  date,
  since,
  without,
  groups,
  study,
  data,
}: CellName): string {
  const labels = Object.entries(groups);
  return JSON.stringify([study, data, date, quantity, labels, of, without ?? "", since ?? ""]);
}

/** Of which group and when, in words. */
export function cellText({ quantity, date, since, without, groups, of }: CellName): string {
  const labels = Object.entries(groups).map(
    ([name, label]) => `${name} ${label === "" ? "(missing)" : label}`,
  );
  const less = without === undefined ? "" : ` less ${without}`;
  const from = since === undefined ? "" : `${since} to `;
  const what = of === "complement" ? `people less ${quantity}` : `${quantity}${less}`;
  return `${[what, ...labels].join(", ")}, ${from}${date}`;
}
