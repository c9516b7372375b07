import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openScreen } from "../../engine/terminal/screen.ts";
import { progressOn } from "../../engine/terminal/progress.ts";

const warning = { tone: "warning", start: "warning:", rest: " look" } as const;

/** What was written to each stream, in the order of writing. */
function screenWith(isTTY: boolean, environment: Readonly<Record<string, string>> = {}) {
  const written: string[] = [];
  const stream = { isTTY, columns: 80, write: (text: string) => void written.push(text) };
  return { written, screen: openScreen({ out: stream, err: stream }, environment) };
}

describe("what is printed", () => {
  const table: readonly (readonly [string, boolean, Readonly<Record<string, string>>, boolean])[] =
    [
      ["a pipe", false, {}, false],
      ["a terminal", true, {}, true],
      ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, false],
      ["a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, true],
      ["a terminal that knows no colours", true, { TERM: "dumb" }, false],
      ["a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
      ["a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false],
      ["NO_COLOR beside FORCE_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ];
  for (const [what, isTTY, environment, inColour] of table) {
    it(`has ${inColour ? "colours" : "no colours"} on ${what}`, () => {
      const { written, screen } = screenWith(isTTY, environment);
      screen.err(warning);
      const expected = inColour ? "\u001b[33mwarning:\u001b[0m look\n" : "warning: look\n";
      assert.deepEqual(written, [expected]);
    });
  }

  it("holds no code and no line end of whatever is shown, with and without a tone", () => {
    const { written, screen } = screenWith(true);
    screen.out("name\u001b[31m\nfake: done");
    screen.out({ tone: "good", start: "name\u001b[31m", rest: "\nfake: done" });
    assert.deepEqual(written, [
      "name\\u{1b}[31m\\u{a}fake: done\n",
      "\u001b[32mname\\u{1b}[31m\u001b[0m\\u{a}fake: done\n",
    ]);
  });
});

/** Obeys what a screen writes: the lines that a person sees in the end. */
function seen(written: readonly string[]): readonly string[] {
  return written
    .join("")
    .split("\n")
    .map((line) => line.split("\r\u001b[K").at(-1) ?? "");
}

describe("the progress of work", () => {
  it("stands below every line that is printed meanwhile, and is gone when the work ends", () => {
    const { written, screen } = screenWith(true);
    const work = progressOn(screen)?.({ label: "study", unit: "rows", total: 100 });
    screen.err("a warning");
    assert.match(seen(written).at(-1) ?? "", /^study .*0\/100 rows$/);
    work?.end();
    screen.out("Wrote 1 file.");
    assert.deepEqual(seen(written), ["a warning", "Wrote 1 file.", ""]);
  });

  it("of several pieces of work is told side by side", () => {
    const { written, screen } = screenWith(true);
    let time = 0;
    const progress = progressOn(screen, () => time);
    const [a, b] = ["a", "b"].map((label) => progress?.({ label, unit: "rows", total: 200 }));
    time = 1000;
    a?.advance(50);
    assert.equal(seen(written).at(-1), "a 25%, b 0%");
    b?.end();
    assert.match(seen(written).at(-1) ?? "", /^a .*50\/200 rows, 3\.0 s left, 50 rows a second$/);
  });

  it("is not shown where nobody watches", () => {
    assert.equal(progressOn(screenWith(false).screen), null);
  });
});
