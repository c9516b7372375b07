/** What can be changed in a JSON text. */

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Everything that can be done to a part of it: left out, doubled, exchanged with its neighbour, named or said otherwise. */
export function* mutants(held: Json): Generator<readonly [says: string, changed: Json]> {
  if (typeof held === "string") yield ["another text", `${held}1`];
  else if (typeof held === "number") yield ["another number", held + 1];
  else if (Array.isArray(held)) yield* mutantsOfList(held as readonly Json[]);
  else if (typeof held === "object" && held !== null)
    yield* mutantsOfObject(held as Readonly<Record<string, Json>>);
  if (held !== null) yield ["nothing", null];
}

function* mutantsOfList(list: readonly Json[]): Generator<readonly [string, Json]> {
  for (const [at, each] of list.entries()) {
    const next = list[at + 1];
    yield [`${at} left out`, list.toSpliced(at, 1)];
    yield [`${at} doubled`, list.toSpliced(at, 0, each)];
    if (next !== undefined && JSON.stringify(next) !== JSON.stringify(each))
      yield [`${at} exchanged`, list.toSpliced(at, 2, next, each)];
    if (at < 3)
      for (const [says, changed] of mutants(each)) yield [`${at}: ${says}`, list.with(at, changed)];
  }
}

function* mutantsOfObject(
  object: Readonly<Record<string, Json>>,
): Generator<readonly [string, Json]> {
  for (const [key, each] of Object.entries(object)) {
    const { [key]: own = null, ...others } = object;
    yield [`${key} left out`, others];
    yield [`${key} renamed`, { ...others, [`${key}1`]: own }];
    for (const [says, changed] of mutants(each))
      yield [`${key}: ${says}`, { ...object, [key]: changed }];
  }
}
