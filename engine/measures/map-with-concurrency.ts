/**
 * Bounded-concurrency map: results in the order of `items`, which are taken up in that order, `limit` under way at once. If one
 * fails, those under way are waited for, no more are taken up, and the first failure is thrown.
 */
export async function mapWithConcurrency<Item, Result>(
  limit: number,
  items: readonly Item[],
  work: (item: Item, lane: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  // One iterator for all lanes: each item is taken by whichever lane is free.
  const queue = items.entries();
  const lanes = Array.from({ length: Math.min(limit, items.length) }, async (_, lane) => {
    for (const [place, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[place] = await work(item, lane);
      } catch (error) {
        failures.push(error);
      }
    }
  });
  await Promise.all(lanes);
  if (failures.length > 0) throw failures[0];
  return results;
}
