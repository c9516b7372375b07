import { refuses } from "./refusals.ts";
import { age, measure } from "./study-of.ts";

refuses("measures", [
  [
    "a measure whose id is a path",
    { columns: { x: [...age] }, measures: [measure({ id: "../x" })] },
    "measure-id",
    ["../x"],
  ],
  [
    "two measures of one id",
    { columns: { x: [...age] }, measures: [measure({}), measure({})] },
    "measure-duplicate",
    ["measure_m.csv"],
  ],
  [
    "a measure named like another's month",
    {
      columns: { x: [...age] },
      measures: [
        measure({}),
        measure({ id: "m_2020-01-01".replaceAll("-", "_") }),
        measure({ id: "M" }),
      ],
    },
    "measure-duplicate",
    ["M"],
  ],
  [
    "a numerator among the groups",
    { columns: { x: [...age] }, measures: [measure({ group_by: ["x"] })] },
    "measure-column-in-groups",
    ["'x' appears in both numerator and group_by"],
  ],
  [
    "a denominator among other groups",
    { columns: { x: [...age] }, measures: [measure({ group_by: ["sex", "population"] })] },
    "measure-column-in-groups",
    ["denominator"],
  ],
  [
    "a group named twice",
    { columns: { x: [...age] }, measures: [measure({ group_by: ["sex", "sex"] })] },
    "measure-group-repeated",
    ["sex"],
  ],
  [
    "a numerator of text",
    { columns: { x: ["sex"] }, measures: [measure({})] },
    "measure-not-a-number",
    ["str"],
  ],
  [
    "a hidden numerator",
    {
      columns: { y: ["satisfying", { expression: "x", extra_columns: { x: age } }] },
      measures: [measure({})],
    },
    "measure-hidden-column",
    ['"x"'],
  ],
]);
