/** Which patients a file has, to find those that occur twice. */

/** Eight bytes an id, however many rows. */
export interface SeenIds {
  ids: Float64Array;
  /** Row numbers in the file. */
  rows: Float64Array;
  count: number;
}

export function noIds(): SeenIds {
  return { ids: new Float64Array(1024), rows: new Float64Array(1024), count: 0 };
}

export function addId(seen: SeenIds, id: number, row: number): void {
  if (seen.count === seen.ids.length) {
    seen.ids = twiceAsLong(seen.ids);
    seen.rows = twiceAsLong(seen.rows);
  }
  seen.ids[seen.count] = id;
  seen.rows[seen.count++] = row;
}

export function isAscending({ ids, count }: SeenIds): boolean {
  for (let at = 1; at < count; at++) if (!((ids[at] ?? 0) > (ids[at - 1] ?? 0))) return false;
  return true;
}

function twiceAsLong(values: Float64Array): Float64Array {
  const longer = new Float64Array(2 * values.length);
  longer.set(values);
  return longer;
}

export interface RepeatedId {
  readonly id: number;
  /** The row that repeats the id of row `first`. */
  readonly row: number;
  readonly first: number;
}

/** Every row whose patient has been there before, from the top of the file. */
export function repeatedIds({ ids, rows, count }: SeenIds): readonly RepeatedId[] {
  const repeated = repeatedValues(ids.subarray(0, count));
  if (repeated.size === 0) return [];
  const firstRows = new Map<number, number>();
  const found: RepeatedId[] = [];
  for (let at = 0; at < count; at++) {
    const id = ids[at] ?? 0;
    if (!repeated.has(id)) continue;
    const first = firstRows.get(id);
    const row = rows[at] ?? 0;
    if (first === undefined) firstRows.set(id, row);
    else found.push({ id, row, first });
  }
  return found;
}

function repeatedValues(ids: Float64Array): ReadonlySet<number> {
  const sorted = ids.slice().sort();
  const repeated = new Set<number>();
  for (let at = 1; at < sorted.length; at++) {
    const id = sorted[at];
    if (id !== undefined && id === sorted[at - 1]) repeated.add(id);
  }
  return repeated;
}
