import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ValueType } from "../../engine/base/value-types.ts";
import { checkCondition } from "../../engine/definition/conditions/check-condition.ts";
import type { CheckedCondition } from "../../engine/definition/conditions/check-condition.ts";
import type { Condition } from "../../engine/definition/conditions/condition.ts";
import { parseCondition } from "../../engine/definition/conditions/parse-condition.ts";

function parsed(text: string): Condition {
  const read = parseCondition(text);
  assert.ok(read.ok, read.ok ? "" : read.problem.message);
  return read.condition;
}

const types: Readonly<Record<string, ValueType>> = {
  age: "int",
  bmi: "float",
  asthma: "bool",
  sex: "str",
  ethnicity: "str",
  died: "date",
  born: "date",
};

function checked(text: string): CheckedCondition {
  return checkCondition(parsed(text), (column) => types[column], Object.keys(types));
}

describe("checking a condition", () => {
  it("lets numbers meet numbers, text meet text, and any column stand alone", () => {
    for (const text of [
      "age > 5 AND asthma = 1 AND bmi / age < asthma",
      "sex = 'F' OR sex != ethnicity OR died > '2020-01-01' OR born < died OR died = sex",
      "age AND bmi AND asthma AND sex AND died",
      "1 = 1 AND 'a' = 'a'",
    ]) {
      const { problems, condition: same } = checked(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(same, parsed(text));
    }
  });

  it("finds every unknown column and offers the nearest", () => {
    const { problems, reads } = checked("aeg > 5 AND (sexx = 'F' OR zzzzzzz) AND aeg < 9");
    assert.deepEqual(reads, ["aeg", "sexx", "zzzzzzz"]);
    assert.deepEqual(
      problems.map(({ code }) => code),
      Array.from({ length: 3 }, () => "condition-unknown-column"),
    );
    assert.match(problems[0]?.hint ?? "", /"age"/);
    assert.match(problems[1]?.hint ?? "", /"sex"/);
    assert.match(problems[2]?.hint ?? "", /quotes/);
  });

  it("does not blame a column that is defined but whose type is not known", () => {
    const known = ["age", "broken"];
    const { problems } = checkCondition(
      parsed("broken > 5 AND broken = 'x' AND broken + 1 > age"),
      (column) => types[column],
      known,
    );
    assert.deepEqual(problems, []);
  });

  const mismatches: readonly (readonly [text: string, says: RegExp])[] = [
    ["sex = age", /the str column "sex" is compared with the int column "age"/],
    ["ethnicity > 3", /'10' before '9'.*ethnicity > '3'/s],
    ["ethnicity = 1.5", /ethnicity = '1\.5'/],
    ["1.5 != ethnicity", /'1\.5' != ethnicity/],
    ["died > 5", /the date column "died".*a day in quotes/s],
    ["died = 0", /died alone asks/],
    ["age > 'old'", /the text 'old'/],
    ["'age' > 5", /'age' is the name of a column/],
    ["sex = age + 1", /the calculation age \+ 1/],
    ["NOT (asthma AND sex = bmi)", /sex = bmi/],
  ];
  for (const [text, says] of mismatches) {
    it(`refuses ${text}`, () => {
      const { problems } = checked(text);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["condition-mixes-types"],
      );
      assert.match(`${problems[0]?.message ?? ""}\n${problems[0]?.hint ?? ""}`, says);
    });
  }

  const calculations: readonly (readonly [text: string, says: RegExp])[] = [
    ["sex + 1 > 2", /In sex \+ 1, the str column "sex" is not a number/],
    ["1 < age * (2 - died)", /In 2 - died, the date column.*onOrAfter/s],
    ["age + 'bmi' > 2", /name of a column/],
    ["age + '1' > 2", /without quotes/],
    ["-sex < 3", /In 0 - sex/],
  ];
  for (const [text, says] of calculations) {
    it(`refuses ${text}`, () => {
      const { problems } = checked(text);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["condition-reckons-with-text"],
      );
      assert.match(`${problems[0]?.message ?? ""}\n${problems[0]?.hint ?? ""}`, says);
    });
  }

  const aligned: readonly (readonly [text: string, meaning: string])[] = [
    ["ethnicity = 1", "ethnicity = '1'"],
    ["1 != ethnicity", "'1' != ethnicity"],
    ["ethnicity = -1", "ethnicity = '-1'"],
    ["ethnicity = 0", "ethnicity = '0' OR ethnicity = ''"],
    ["ethnicity != 0", "ethnicity != '0' AND ethnicity != ''"],
    ["age > '50'", "age > 50"],
    ["' 50 ' < age + 1", "50 < age + 1"],
    ["bmi = '18.5'", "bmi = 18.5"],
    ["bmi != ''", "bmi != 0"],
    ["asthma = '1' AND NOT ethnicity = 2", "asthma = 1 AND NOT ethnicity = '2'"],
  ];
  for (const [text, meaning] of aligned) {
    it(`takes ${text} as the reference's database does: ${meaning}`, () => {
      const { problems, condition: result } = checked(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(result, parsed(meaning));
    });
  }
});
