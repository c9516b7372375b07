/** Ethnicity as hospitals recorded it. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { ethnicity } from "../../definition/functions/ethnicity.ts";
import type { Rows, Window } from "../model/rows.ts";
import { all, compare, field, isPresent, not, text } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { matching } from "./dated-rows.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type EthnicityColumn = CheckedColumn<"with_ethnicity_from_sus">;
type Grouping = Exclude<EthnicityColumn["args"]["returning"], "code">;

/** First letters by group. */
const groups: { readonly [G in Grouping]: readonly (readonly [group: string, letters: string])[] } =
  {
    group_6: [
      ["1", "ABC"],
      ["2", "DEFG"],
      ["3", "HJKL"],
      ["4", "MNP"],
      ["5", "RS"],
    ],
    group_16: Array.from("ABCDEFGHJKLMNPRS").map((letter, i) => [String(i + 1), letter] as const),
  };

const code = field("code");

function begins(letters: readonly string[], to: Lowering): Test {
  return { kind: "in-codelist", of: code, codelist: to.codes(letters, true), how: "begins" };
}

function lowerEthnicity({ args }: EthnicityColumn, to: Lowering): Lowered {
  const known = all(
    isPresent(code),
    compare(code, "!=", text("99"), "folded"),
    not(begins(["Z"], to)),
  );
  const rows: Rows = {
    kind: "per-value",
    from: matching("hospital_ethnicities", known),
    of: "code",
  };
  const always: Window = { kind: "always" };
  const order = [
    { of: field("times"), descending: true },
    { of: code, descending: false },
  ];
  const mostFrequent = (value: Value): Value =>
    to.summary(rows, always, { kind: "pick", take: { value }, order })();
  if (args.returning === "code") return { value: mostFrequent(code) };
  const cases = groups[args.returning].map(([group, letters]) => ({
    when: begins(Array.from(letters), to),
    then: text(group),
  }));
  const zero = text("0");
  const group = mostFrequent({ kind: "choose", cases, otherwise: zero });
  // Missing prints 0, and counts as nothing recorded.
  return { value: { kind: "coalesce", of: group, otherwise: zero }, emptyText: "0" };
}

export const lowerEthnicities: LowerFamily<typeof ethnicity> = {
  with_ethnicity_from_sus: lowerEthnicity,
};
