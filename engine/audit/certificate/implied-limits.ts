/** Sums that follow from several limits at once, which looking at one after the other does not see. */
import type { Limit, Model, SumLimit } from "../model/model.ts";

type Limited = Pick<Model, "lo"> & { readonly limits: readonly Limit[] };

export function impliedLimits(given: Limited): readonly SumLimit[] {
  return [...sumsBesideHidden(given), ...sumsOfDifferences(given)];
}

/** Beside a number that is shown and large, those hidden are more than the threshold in sum; so others in a sum with them are less. */
function sumsBesideHidden({ limits, lo }: Limited): readonly SumLimit[] {
  const rules = limits.filter((limit) => limit.kind === "rule");
  const sums = limits.filter((limit) => limit.kind === "sum");
  const large = rules.filter(({ shown, threshold }) => shown.some((v) => (lo[v] ?? 0) > threshold));
  return large.flatMap(({ blanks, threshold }) =>
    sums.flatMap((sum): readonly SumLimit[] => {
      const [first] = blanks.map((v) => sum.factors[sum.variables.indexOf(v)]);
      const isIn = blanks.every((v) => sum.factors[sum.variables.indexOf(v)] === first);
      if (first === undefined || !isIn) return [];
      const rest = [...sum.variables.entries()].filter(([, v]) => !blanks.includes(v));
      const [from, to] =
        first > 0
          ? [-Infinity, sum.hi - first * (threshold + 1)]
          : [sum.lo - first * (threshold + 1), Infinity];
      return [
        {
          ...{ kind: "sum", lo: from, hi: to },
          variables: rest.map(([, v]) => v),
          factors: rest.map(([at]) => sum.factors[at] ?? 0),
        },
      ];
    }),
  );
}

/** Where two sums are alike and each number of one is one of the other and something more, what is more adds up as well. */
function sumsOfDifferences({ limits }: Limited): readonly SumLimit[] {
  const all = limits.filter(
    (limit): limit is SumLimit => limit.kind === "sum" && limit.lo === 0 && limit.hi === 0,
  );
  const more = new Map<number, Map<number, number>>();
  const byFirst = new Map<number, SumLimit[]>();
  for (const sum of all) {
    const [whole = 0, part = 0, rest = 0] = sum.variables;
    byFirst.set(whole, [...(byFirst.get(whole) ?? []), sum]);
    if (sum.factors.join() !== "-1,1,1") continue;
    more.set(whole, (more.get(whole) ?? new Map<number, number>()).set(part, rest));
  }
  return all.flatMap((sum) => {
    const [first = 0] = sum.variables;
    return [...(more.get(first)?.keys() ?? [])].flatMap((part) =>
      (byFirst.get(part) ?? []).flatMap((other) => {
        const isAlike = other.factors.join() === sum.factors.join();
        const rest = isAlike
          ? sum.variables.map((v, at) => more.get(v)?.get(other.variables[at] ?? -1))
          : [];
        const variables = rest.filter((v) => v !== undefined);
        return variables.length === sum.variables.length ? [{ ...sum, variables }] : [];
      }),
    );
  });
}
