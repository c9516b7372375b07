import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Problem } from "../../engine/base/problems.ts";
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
