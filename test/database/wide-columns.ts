/** Columns of a very wide study: events of codelists of their own, bands of ages, and conditions over both. */
import type { Calls } from "../definition/study-of.ts";

const BANDS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

function bandsOf(column: number) {
  const pairs = BANDS.map((from) => [
    `${from} to ${from + 9} in column ${column}`,
    `age >= ${from} AND age < ${from + 10}`,
  ]);
  return [
    "categorised_as",
    { category_definitions: { $pairs: [...pairs, ["", "DEFAULT"]] } },
  ] as const;
}

/** So many columns, besides `age`; three of them have codelists of so many codes. */
export function wideColumns(columns: number, codes: number): Calls {
  const codelist = (column: number, size: number) => ({
    system: "ctv3",
    codes: Array.from({ length: size }, (_, i) => (i === 0 ? "X1..." : `C${column}x${i}`)),
  });
  const wide: Record<string, Calls[string]> = {
    age: ["age_as_of", { reference_date: "index_date" }],
  };
  for (let i = 0; i < columns; i++) {
    const size = i < 9 ? codes : 3;
    if (i % 3 === 0) {
      const given = { codelist: codelist(i, size), on_or_before: "index_date" };
      wide[`n_${i}`] = [
        "with_these_clinical_events",
        { ...given, returning: "number_of_matches_in_period" },
      ];
    } else if (i % 3 === 1) wide[`band_${i}`] = bandsOf(i);
    else {
      const expression = `n_${i - 2} > 1 AND (age > ${i % 90} OR band_${i - 1} != "")`;
      wide[`both_${i}`] = ["satisfying", { expression }];
    }
  }
  return wide;
}
