import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plainYaml, readYamlTree } from "../../engine/base/yaml-tree.ts";

const data = (text: string): unknown => {
  const { root, faults } = readYamlTree(text);
  assert.deepEqual(faults, []);
  return root === null ? null : plainYaml(root);
};
const faults = (text: string): readonly string[] =>
  readYamlTree(text).faults.map(({ kind, at }) => `${kind} ${at.line}:${at.column}`);

describe("a bracket or a quoted text in YAML", () => {
  const cases: readonly (readonly [how: string, text: string, expected: unknown])[] = [
    ["at its key's column", "k:\n  a: [x,\n  y]\n  b: 1\n", { k: { a: ["x", "y"], b: 1 } }],
    ["before its key's column", "k:\n    a: [x,\n  y]\n    b: 1\n", { k: { a: ["x", "y"], b: 1 } }],
    ["in the first column", "k:\n  a: [x,\ny]\n  b: 1\n", { k: { a: ["x", "y"], b: 1 } }],
    ["with a comma first", "a: [x\n,y\n,z]\n", { a: ["x", "y", "z"] }],
    [
      "with comments and empty lines",
      "a: [ # c\n\nx, # d\n# e\ny\n\n]\nb: 1\n",
      { a: ["x", "y"], b: 1 },
    ],
    ["as its closing bracket alone", "k:\n  a: [\n    x\n  ]\n  b: 1\n", { k: { a: ["x"], b: 1 } }],
    ["as a map", "k:\n  a: {x: 1,\n  y: 2\n  }\n  b: 1\n", { k: { a: { x: 1, y: 2 }, b: 1 } }],
    ["as a map in a map", "a: {x: {y: 1\n},\nz: 2\n}\nb: 1\n", { a: { x: { y: 1 }, z: 2 }, b: 1 }],
    ["below a dash", "a:\n  - [x,\n  y]\n  - z\n", { a: [["x", "y"], "z"] }],
    ["as a text in it over two lines", "a: [x\ny, 'p\nq']\n", { a: ["x y", "p q"] }],
    ["as a text in quotes", 'k:\n  a: "x\ny"\n  b: 1\n', { k: { a: "x y", b: 1 } }],
    ["as a text in single quotes", "k:\n  a: 'x\n  y'\n  b: 1\n", { k: { a: "x y", b: 1 } }],
    ["between lines that end in CR LF", "k:\r\n  a: [x,\r\n  y]\r\n", { k: { a: ["x", "y"] } }],
  ];
  for (const [how, text, expected] of cases) {
    it(`may go on ${how}`, () => {
      assert.deepEqual(data(text), expected);
    });
  }

  it("is told where it is never closed", () => {
    assert.deepEqual(faults("a: [x,\nb: 1\n"), ["syntax 3:1"]);
    assert.deepEqual(faults('a: "x\nb: 1\n'), ["syntax 3:1"]);
  });

  it("stops reading where parts lie in one another thousands deep", () => {
    assert.deepEqual(faults(`a: ${"[".repeat(100_000)}`), ["syntax 1:1"]);
    assert.deepEqual(faults(`a: ${"[".repeat(90)}x${"]".repeat(90)}`), []);
  });

  it("keeps the place of every part", () => {
    const { root } = readYamlTree("k:\n  a: [x,\n  y]\n");
    const inner = root?.kind === "map" ? root.entries[0]?.value : undefined;
    const list = inner?.kind === "map" ? inner.entries[0]?.value : undefined;
    const places = list?.kind === "list" ? list.items.map(({ at }) => at) : [];
    assert.deepEqual(places, [
      { line: 2, column: 7 },
      { line: 3, column: 3 },
    ]);
  });
});

describe("names and texts in YAML", () => {
  it("keep what is written where a key looks like a number or a truth value", () => {
    assert.deepEqual(data("1.0: a\ntrue: b\n007: c\n~: d\n"), {
      "1.0": "a",
      true: "b",
      "007": "c",
      "~": "d",
    });
    assert.deepEqual(faults("1: a\n'1': b\n"), ["repeated-key 2:1"]);
  });

  it("may have a comment close behind a quote, and lines that end in CR alone", () => {
    assert.deepEqual(data("a: '3'#old\nb: [x]#old\n"), { a: "3", b: ["x"] });
    assert.deepEqual(data("a: 1\rb: 2\r"), { a: 1, b: 2 });
  });

  it("may be folded or kept line by line", () => {
    assert.deepEqual(data("a: >\n  x\n  y\nb: |\n  x\n  y\nc: x\n  y\n"), {
      a: "x y\n",
      b: "x\ny\n",
      c: "x y",
    });
  });
});

describe("aliases in YAML", () => {
  it("stand for what they name, and << brings in the keys of other maps", () => {
    assert.deepEqual(data("a: &n [x]\nb: *n\n"), { a: ["x"], b: ["x"] });
    assert.deepEqual(
      data("p: &p {x: 1, y: 1}\nq: &q {y: 2, z: 2}\na:\n  <<: [*p, *q]\n  x: 3\nb:\n  <<: *q\n"),
      { p: { x: 1, y: 1 }, q: { y: 2, z: 2 }, a: { y: 1, z: 2, x: 3 }, b: { y: 2, z: 2 } },
    );
  });

  it("are told where they name nothing, or what they are in", () => {
    assert.deepEqual(faults("a: *n\n"), ["alias 1:4"]);
    assert.deepEqual(faults("a: &n [*n]\n"), ["alias 1:8"]);
    assert.deepEqual(faults("a: &n x\nb:\n  <<: *n\n"), ["syntax 1:7"]);
  });

  it("cannot mean more than can be held", () => {
    const ten = (name: string): string => `[${Array(10).fill(name).join(", ")}]`;
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} ${ten(`*a${i}`)}\n`);
    const found = faults(`a0: &a0 ${ten("x")}\n${lines.join("")}`);
    assert.equal(found[0]?.startsWith("alias "), true);
  });
});

describe("YAML that nobody can follow", () => {
  it("is told where parts lie in one another too deeply", () => {
    for (const text of [
      `a: ${"[".repeat(200)}${"]".repeat(200)}\n`,
      `a: ${"[".repeat(100_000)}${"]".repeat(100_000)}\n`,
      Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
    ]) {
      const [fault] = readYamlTree(text).faults;
      assert.match(fault?.detail ?? "", /more than 100 deep/);
    }
  });

  it("is told where a tag is not YAML's own", () => {
    assert.deepEqual(faults("a: !!python/object:os.system x\nb: !own x\n"), [
      "tag 1:30",
      "tag 2:9",
    ]);
    assert.deepEqual(data("a: !!str 3\nb: !!map {}\n"), { a: "3", b: {} });
  });
});
