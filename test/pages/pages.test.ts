import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { complaintsOf } from "./complaints.ts";
import { generatedPages } from "./generated-pages.ts";
import { allPages, anchorOf, page, root } from "./pages.ts";
import { acted, commandsOf, sessionsOf } from "./sessions.ts";

const CANNOT_FIND_NAME = 2304;
const FUNCTIONS = "study-definitions/functions.md";
const pages = allPages();

describe("the studies on the pages", () => {
  const shown = pages
    .filter(({ path }) => path !== FUNCTIONS)
    .flatMap(({ path, blocks }) =>
      blocks.filter(({ language }) => language === "ts").map(({ body }) => ({ path, body })),
    );
  const complaints = complaintsOf(shown.map(({ body }) => body));

  it("are some", () => {
    assert.ok(shown.length >= 6);
  });

  shown.forEach(({ path, body }, i) => {
    it(`compile: block ${i + 1}, in ${path}`, () => {
      assert.deepEqual(complaints[i], [], body);
    });
  });
});

describe("the examples of the functions", () => {
  const examples = page(FUNCTIONS).blocks.map(({ body }) => body);
  const imported = 'import { codelist, patients } from "cohortline";\n';
  // Names of codelists stand for themselves.
  const complaints = complaintsOf(
    examples.map((body) => `${imported}${body}export { codelist, columns };\n`),
    [CANNOT_FIND_NAME],
  );

  it("are at least one for each function that takes arguments", () => {
    assert.ok(examples.length >= 45);
  });

  it("compile", () => {
    const wrong = examples.flatMap((body, i) =>
      (complaints[i] ?? []).map((complaint) => `${complaint}\n${body}`),
    );
    assert.deepEqual(wrong, []);
  });
});

describe("the sessions on the pages", () => {
  const told = pages.flatMap(({ path, sections }) =>
    sections
      .filter(({ blocks }) => blocks.some(({ language }) => language === "console"))
      .map((section) => ({ path, section })),
  );

  it("are six", () => {
    assert.equal(told.length, 6);
  });

  for (const { path, section } of told) {
    it(`come out as shown: ${section.heading}, in ${path}`, async () => {
      const shown = sessionsOf(section);
      assert.equal(timeless(await acted(section, commandsOf(shown))), timeless(shown));
    });
  }
});

/** How long an action takes is another time each time. */
function timeless(session: string): string {
  return session.replace(/\([\d.]+ s\)/g, "(… s)");
}

describe("every page", () => {
  it("leads to files and headings that are there", () => {
    const anchors = new Map(
      pages.map(({ path, sections }) => [path, sections.map(({ heading }) => anchorOf(heading))]),
    );
    const lost = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !target.startsWith("http"))
        .filter((target) => {
          const [file = "", anchor = ""] = target.split("#");
          const there = file === "" ? path : join(dirname(path), file).replaceAll("\\", "/");
          if (!existsSync(join(root, there))) return true;
          return anchor !== "" && !(anchors.get(there) ?? []).includes(anchor);
        })
        .map((target) => `${path}: ${target}`),
    );
    assert.deepEqual(lost, []);
  });

  it("that is made from the code is as the code makes it: npm run pages", async () => {
    for (const { path, text } of await generatedPages()) {
      assert.equal(readFileSync(join(root, path), "utf8"), text, path);
    }
  });
});
