import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Problem } from "../../engine/base/problems.ts";
import type { ValueType } from "../../engine/base/value-types.ts";
import { checkCondition } from "../../engine/definition/conditions/check-condition.ts";
import type { CheckedCondition } from "../../engine/definition/conditions/check-condition.ts";
import type { Condition, Operand } from "../../engine/definition/conditions/condition.ts";
import { conditionReads } from "../../engine/definition/conditions/condition-reads.ts";
import { formatCondition } from "../../engine/definition/conditions/format-condition.ts";
import { parseCondition } from "../../engine/definition/conditions/parse-condition.ts";

function parsed(text: string): Condition {
  const read = parseCondition(text);
  assert.ok(read.ok, read.ok ? "" : read.problem.message);
  return read.condition;
}

function refused(text: string): Problem {
  const read = parseCondition(text);
  assert.ok(!read.ok, `${text} was accepted`);
  return read.problem;
}

const plainNames = { column: (name: string) => name, emptyValue: () => 0 };

function formatted(text: string): string {
  return formatCondition(parsed(text), plainNames);
}

describe("a condition", () => {
  const grouped: readonly (readonly [text: string, meaning: string])[] = [
    ["a OR b AND c", "a OR (b AND c)"],
    ["a AND b OR c AND d", "(a AND b) OR (c AND d)"],
    ["NOT a AND b", "(NOT a) AND b"],
    ["NOT a OR b", "(NOT a) OR b"],
    ["NOT age > 5", "NOT (age > 5)"],
    ["NOT NOT a", "NOT (NOT a)"],
    ["age + 1 > 2 * bmi", "((age) + 1) > (2 * (bmi))"],
    ["age - 4 - 3 > 0", "((age - 4) - 3) > 0"],
    ["age / 4 * 3 > 0", "((age / 4) * 3) > 0"],
    ["32844*1/5 > imd", "((32844 * 1) / 5) > imd"],
    ["- age * 2 < 1", "((0 - age) * 2) < 1"],
    ["age -1 > 2", "(age - 1) > 2"],
    ["age-1>2", "age - (1) > 2"],
    ["age - -1 > 2", "age - (-1) > 2"],
    ["(age) > 5", "age > 5"],
    ["((a))", "a"],
    ["(a OR b) OR (c OR d)", "a OR b OR c OR d"],
    ["a and Not b oR c", "a AND NOT b OR c"],
    ['sex = "F"', "sex = 'F'"],
    ['"F" = sex', "'F' = sex"],
    [`name = "o'brien"`, "name = 'o''brien'"],
    [`name = "say ""hi"""`, `name = 'say "hi"'`],
    ["name = ''", 'name = ""'],
    ["a # one reason\n AND b -- another\n OR c /* and\n a third */", "a AND b OR c"],
    ["age > 5.0", "age > 5."],
    ["age > .5", "age > 0.5"],
    ["age > 5e-1", "age > 0.5"],
    ["age > +5", "age > 5"],
    ["age > 2020-10-100", "age > (2020 - 10) - 100"],
    ["imd = -1", "imd=-1"],
    ["\n\ta\r\nAND\u00a0b", "a AND b"],
  ];
  for (const [text, meaning] of grouped) {
    it(`${JSON.stringify(text)} means ${meaning}`, () => {
      assert.deepEqual(parsed(text), parsed(meaning));
    });
  }

  it("is read into a tree whose lists and comparisons keep the author's order", () => {
    const column = (name: string) => ({ kind: "column", name }) as const;
    assert.deepEqual(parsed("foo AND (bar - 1 >= 3.5 OR NOT baz = 'it')"), {
      kind: "all",
      of: [
        { kind: "is-set", name: "foo" },
        {
          kind: "any",
          of: [
            {
              kind: "compare",
              operator: ">=",
              left: {
                kind: "arithmetic",
                operator: "-",
                left: column("bar"),
                right: { kind: "number", value: 1, integer: true },
              },
              right: { kind: "number", value: 3.5, integer: false },
            },
            {
              kind: "not",
              of: {
                kind: "compare",
                operator: "=",
                left: column("baz"),
                right: { kind: "text", value: "it" },
              },
            },
          ],
        },
      ],
    });
  });

  it("takes any other word for a column, whatever it means in SQL", () => {
    const words = "count date day first group key level max min number select text type value year";
    for (const name of words.split(" ")) {
      assert.deepEqual(parsed(name), { kind: "is-set", name });
    }
    assert.deepEqual(parsed("größe"), { kind: "is-set", name: "größe" });
    assert.deepEqual(parsed("android"), { kind: "is-set", name: "android" });
  });

  it("names the columns it reads once, in order of first mention", () => {
    const condition = parsed("b > a + 'x' OR NOT (c AND a) OR b = -d");
    assert.deepEqual(conditionReads(condition), ["b", "a", "c", "d"]);
  });

  it("can have thousands of parts side by side", () => {
    const parts = Array.from({ length: 5000 }, (_, index) => `(NOT c${index} > -(-1))`);
    const condition = parsed(parts.join(" OR "));
    assert.equal(condition.kind === "any" && condition.of.length, 5000);
  });

  it("may be nested 200 deep, and no deeper", () => {
    const nestings: readonly ((depth: number) => string)[] = [
      (depth) => "(".repeat(depth) + "a" + ")".repeat(depth),
      (depth) => "NOT ".repeat(depth) + "a",
      (depth) => "1 < " + "- ".repeat(depth) + "1",
      (depth) => "1 < a" + " + a".repeat(depth),
    ];
    for (const text of nestings) {
      assert.ok(parseCondition(text(200)).ok);
      assert.equal(refused(text(201)).code, "condition-too-deep");
      assert.equal(refused(text(10_000)).code, "condition-too-deep");
    }
  });
});

describe("a text that is no condition", () => {
  const refusals: readonly (readonly [text: string, code: string, says: RegExp])[] = [
    ["", "condition-empty", /empty/],
    [" /* nothing */ # at all", "condition-empty", /empty/],
    ["a AND AND b", "condition-incomplete", /missing before AND \(line 1, column 7 /],
    ["a > > b", "condition-incomplete", /missing before > /],
    ["OR a", "condition-incomplete", /missing before OR /],
    ["a AND", "condition-incomplete", /ends where something to test/],
    ["a >", "condition-incomplete", /ends where a value/],
    ["a b", "condition-incomplete", /AND, OR or a sign is missing before b /],
    ["a 'b'", "condition-incomplete", /missing before a text/],
    ["a > NOT b", "condition-incomplete", /NOT stands where a value/],
    ["a AND ()", "condition-incomplete", /parentheses are empty/],
    ["a)", "condition-incomplete", /never opened/],
    ["(a AND b", "condition-unclosed", /parenthesis is never closed \(line 1, column 1 /],
    ["sex = 'F", "condition-unclosed", /text is never closed \(line 1, column 7 /],
    ["a /* b", "condition-unclosed", /comment is never closed/],
    ["18 <= age < 65", "condition-chained", /18 <= age AND age < …/],
    ["a = b = c", "condition-chained", /a = b AND b = …/],
    ["1", "condition-not-a-test", /A number is a value/],
    ["'yes'", "condition-not-a-test", /leave the quotes away/],
    ["a AND (age + 1)", "condition-not-a-test", /A calculation is a value/],
    ["NOT 'x'", "condition-not-a-test", /A text/],
    ["(a AND b) > 1", "condition-not-a-value", /beside >/],
    ["1 + (a > b) > 1", "condition-not-a-value", /beside \+/],
    ["-(NOT a) > 1", "condition-not-a-value", /beside -/],
    ["sex IN ('M', 'F')", "condition-word", /IN is not.*sex = 'M' OR sex = 'F'/s],
    ["sex not in ('M')", "condition-word", /in is not/],
    ["age BETWEEN 1 AND 2", "condition-word", /Write both bounds/],
    ["sex LIKE 'M%'", "condition-word", /LIKE is not/],
    ["bmi IS NULL", "condition-word", /Nothing is NULL/],
    ["bmi = NULL", "condition-word", /NULL is not/],
    ["a = TRUE", "condition-word", /has_asthma/],
    ["CASE WHEN a THEN 1 END", "condition-word", /categorised_as/],
    ["max(age, bmi) > 3", "condition-function", /max\(…\) calls a function.*maximum_of/s],
    ["a AND count(b) > 2", "condition-function", /count/],
    ["a == b", "condition-symbol", /== has no meaning.*Equal is =\./s],
    ["a <> b", "condition-symbol", /Not equal is !=/],
    ["a => b", "condition-symbol", /At least is >=/],
    ["age % 2 = 0", "condition-symbol", /no remainder/],
    ["a && b", "condition-symbol", /&& has no meaning.*AND/s],
    ["!a", "condition-symbol", /Write NOT/],
    ["a, b", "condition-symbol", /There are no lists/],
    ["a; b", "condition-symbol", /needs no end mark/],
    ["t.a", "condition-symbol", /without its table/],
    ["[a]", "condition-symbol", /without any marks/],
    ["sex = ‘F’", "condition-symbol", /straight quotes/],
    ["a\u{1F600}", "condition-symbol", /"\u{1F600}" has no meaning/u],
    ["a > 0x1F", "condition-number", /0x1F cannot be read.*31/s],
    ["5a > 3", "condition-number", /5a cannot be read/],
    ["a > 1.2.3", "condition-number", /1\.2\.3 cannot/],
    ["a > 1e999", "condition-number", /too large/],
    ["a = 9007199254740993", "condition-number", /too large/],
    ["died > 2020-01-31", "condition-date-unquoted", /Write the day as text: '2020-01-31'/],
  ];
  for (const [text, code, says] of refusals) {
    it(`${JSON.stringify(text)} is told: ${says.source.slice(0, 40)}`, () => {
      const problem = refused(text);
      assert.equal(problem.code, code);
      assert.match(`${problem.message}\n${problem.hint}`, says);
    });
  }

  it("is shown with its line and a caret under the character", () => {
    const { message } = refused("a\r\n AND\n\tgröße ~ 1");
    const [sentence, line, caret] = message.split("\n");
    assert.equal(sentence, `"~" has no meaning in a condition (line 3, column 8 of the condition)`);
    assert.equal(line, "   größe ~ 1");
    assert.equal(caret, "         ^");
  });

  it("is shown in part when it is long, the caret still under the character", () => {
    const { message } = refused(`${"abc OR ".repeat(50)}last OR ~ OR ${" OR abc".repeat(50)}`);
    const [, line = "", caret = ""] = message.split("\n");
    assert.ok(line.length < 100);
    assert.equal(line.charAt(caret.indexOf("^")), "~");
    assert.match(line, /^ {2}….*abc OR last OR ~ OR .*…$/);
  });

  it("never stops the parser in any other way", () => {
    const pieces = ["a", "AND", "or", "NOT", "(", ")", "-", "*", "/", "<", "=", "!", "'", '"'];
    const more = ["1", ".", "e", "#", "\n", " ", " ", "in", "null", ",", "--", "é", "\u{1F600}"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 15 }), (words) => {
        const read = parseCondition(words.join(""));
        assert.equal(typeof read.ok, "boolean");
      }),
    );
  });
});

const name = fc.constantFrom("a", "b", "age", "_x1", "count");
const number = fc.oneof(
  fc.integer().map((value) => ({ kind: "number", value: value + 0, integer: true }) as const),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => ({ kind: "number", value: value + 0, integer: false }) as const),
);
const leaf: fc.Arbitrary<Operand> = fc.oneof(
  name.map((each) => ({ kind: "column", name: each }) as const),
  number,
  fc.string({ unit: "binary" }).map((value) => ({ kind: "text", value }) as const),
);
const operand: fc.Arbitrary<Operand> = fc.letrec<{ operand: Operand }>((tie) => ({
  operand: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc
      .tuple(
        fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const),
        tie("operand"),
        tie("operand"),
      )
      .map(([operator, left, right]): Operand => ({ kind: "arithmetic", operator, left, right })),
  ),
})).operand;
const compare: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom("=", "!=", "<", "<=", ">", ">="), operand, operand)
  .map(([operator, left, right]) => ({ kind: "compare", operator, left, right }));
const condition: fc.Arbitrary<Condition> = fc.letrec<{ test: Condition }>((tie) => ({
  test: fc.oneof(
    { depthSize: "small" },
    compare,
    name.map((each): Condition => ({ kind: "is-set", name: each })),
    tie("test").map((of): Condition => ({ kind: "not", of })),
    fc
      .tuple(fc.constantFrom("all", "any"), fc.array(tie("test"), { minLength: 2, maxLength: 3 }))
      .map(([kind, of]) => flat(kind, of)),
  ),
})).test;

/** The parser makes one list of nested lists of a kind. */
function flat(kind: "all" | "any", of: readonly Condition[]): Condition {
  return { kind, of: of.flatMap((each) => (each.kind === kind ? each.of : [each])) };
}

/** Every node in parentheses of its own, keywords in lower case, comments between. */
function fully(node: Condition | Operand): string {
  switch (node.kind) {
    case "all":
    case "any":
      return `(${node.of.map(fully).join(node.kind === "all" ? "/**/and " : "\nor ")})`;
    case "not":
      return `(not${fully(node.of)})`;
    case "compare":
    case "arithmetic":
      return `(${fully(node.left)}${node.operator} ${fully(node.right)})`;
    case "is-set":
    case "column":
      return `( ${node.name} )`;
    case "number":
      return `(${node.integer ? node.value : node.value.toExponential()})`;
    case "text":
      return `("${node.value.replaceAll('"', '""')}")`;
  }
}

/** The test of a column alone is printed as a comparison. */
function spelledOut(node: Condition): Condition {
  switch (node.kind) {
    case "all":
    case "any":
      return { kind: node.kind, of: node.of.map(spelledOut) };
    case "not":
      return { kind: "not", of: spelledOut(node.of) };
    case "is-set": {
      const zero = { kind: "number", value: 0, integer: true } as const;
      const left = { kind: "column", name: node.name } as const;
      return { kind: "compare", operator: "!=", left, right: zero };
    }
    case "compare":
      return node;
  }
}

describe("the text of a condition", () => {
  it("with all parentheses is parsed to the tree it was made from", () => {
    fc.assert(
      fc.property(condition, (tree) => {
        assert.deepEqual(parsed(fully(tree)), tree);
      }),
    );
  });

  it("with only the parentheses it needs is parsed to the same tree", () => {
    fc.assert(
      fc.property(condition, (tree) => {
        assert.deepEqual(parsed(formatCondition(tree, plainNames)), spelledOut(tree));
      }),
    );
  });

  it("has no parentheses that could be left away, but those around a column alone", () => {
    assert.equal(formatted("((a) AND ((b > (1)))) OR (c)"), "(a != 0) AND b > 1 OR (c != 0)");
    assert.equal(formatted("(((1 * 2) + 3) - 4) > (5)"), "1 * 2 + 3 - 4 > 5");
    assert.equal(formatted("NOT (age > 5)"), "NOT age > 5");
  });

  it("names columns and empty values as asked", () => {
    const names = {
      column: (column: string) => `t.${column}`,
      emptyValue: (column: string) => ({ sex: "", imd: -1 })[column] ?? 0,
    };
    assert.equal(
      formatCondition(parsed("sex AND imd AND NOT bmi"), names),
      "(t.sex != '') AND (t.imd != -1) AND NOT (t.bmi != 0)",
    );
  });
});

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
    ["1 < age * (2 - died)", /In 2 - died, the date column.*on_or_after/s],
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
