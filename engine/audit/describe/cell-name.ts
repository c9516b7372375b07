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
