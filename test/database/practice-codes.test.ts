import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stoppedIn as stoppedInEmis } from "./emis-records.ts";
import { holds, stoppedIn } from "./omop-records.ts";

const practice = ["registered_practice_as_of", { date: "2020-01-01", returning: "pseudo_id" }];
const later = ["registered_practice_as_of", { date: "2020-03-01", returning: "pseudo_id" }];
const whether = (expression: string) => ["satisfying", { expression }] as const;

const period = (person_id: number) => ({
  ...{ observation_period_id: person_id, person_id },
  ...{ observation_period_start_date: "2019-01-01", observation_period_end_date: "2020-12-31" },
});

describe("what tells practices apart, where it is a text", () => {
  it("is compared as a text, also by conditions that were written for numbers", () =>
    holds(
      {
        person: [7, 8, null].map((care_site_id, i) => ({ person_id: i + 1, care_site_id })),
        care_site: [{ care_site_id: 7 }, { care_site_id: 8 }],
        observation_period: [1, 2, 3].map(period),
      },
      {
        p: [...practice, ["7", "8", ""]],
        q: [...later, ["7", "8", ""]],
        any: [...whether("p"), ["1", "1", "0"]],
        seven: [...whether("p = 7"), ["1", "0", "0"]],
        quoted: [...whether("p = '7'"), ["1", "0", "0"]],
        known: [...whether("p != 0"), ["1", "1", "0"]],
        same: [...whether("p = q AND p"), ["1", "1", "0"]],
        first: ["minimum_of", { column_names: ["p", "q"] }, ["7", "8", ""]],
        eight: [...whether("first = 8"), ["0", "1", "0"]],
      },
    ));

  it("is refused where it is taken for a number, with the study, the column and a way out", async () => {
    const age = ["age_as_of", { reference_date: "2020-01-01" }] as const;
    const wrong: readonly (readonly [readonly [string, object], RegExp])[] = [
      [whether("p > 0"), /In p > 0, the str column "p" is compared with the number 0/],
      [whether("age > 1 OR p + 1 = 8"), /In p \+ 1, the str column "p" is not a number/],
      [whether("p = age"), /In p = age, the str column "p" is compared with the int column "age"/],
      [["maximum_of", { column_names: ["p", "age"] }], /It compares p, age/],
    ];
    for (const [call, what] of wrong) {
      const columns = { age, p: practice, x: call } as never;
      const told = [await stoppedIn({}, columns), await stoppedInEmis({ patients: [] }, columns)];
      for (const { code, message, hint } of told) {
        assert.equal(code, "practice-not-a-number");
        assert.match(message, /^Column "x" of study "study_definition" .* a text in an /);
        assert.match(message, what);
        assert.match(hint, /^Its name alone asks whether there is a practice/);
      }
    }
  });
});
