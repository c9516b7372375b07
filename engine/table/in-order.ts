/** Work begun one after the other, several at a time, whose results come in that order. */

/** What the results were made from, in the order given; `mostOf` an item says how many like it may be begun at once. */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  begin: (item: Item) => Promise<Result>,
  mostOf: (item: Item) => number,
): AsyncGenerator<Result, void> {
  const begun: Promise<Result>[] = [];
  for await (const item of items) {
    const work = begin(item);
    // It is awaited when its turn comes.
    work.catch(() => undefined);
    begun.push(work);
    for (const first of begun.splice(0, begun.length - mostOf(item) + 1)) yield await first;
  }
  for (const work of begun) yield await work;
}
