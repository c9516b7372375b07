/** Work that is done side by side, and whose results are taken in order. */

/**
 * Starts so many at once, in order, from the first time that one is asked for, and the next when one has ended.
 * The result of each is asked for by its place, once; whether it failed too.
 */
export function runAhead<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): (place: number) => Promise<Result> {
  const results = new Map<number, Promise<Result>>();
  let [next, free] = [0, atOnce];
  const start = (): void => {
    const item = items[next];
    if (item === undefined || free === 0) return;
    free -= 1;
    const result = run(item);
    results.set(next, result);
    next += 1;
    const ended = (): void => {
      free += 1;
      start();
    };
    // Whoever asks for the result hears why it failed.
    result.then(ended, ended);
    start();
  };
  return (place) => {
    start();
    const result = results.get(place);
    // Nothing is kept that nobody asks for again.
    results.delete(place);
    return result ?? Promise.reject(new Error("a result was asked for before its turn"));
  };
}
