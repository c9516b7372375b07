import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { goldenPages, pageFile, pageTexts } from "./golden-pages.ts";

// After a change that is meant, `npm run golden` writes the pages anew: open them in a browser.
describe("the pages of a small study", () => {
  it("are the agreed ones, byte by byte", async () => {
    const texts = await pageTexts();
    for (const name of goldenPages) {
      // The pages are long: where they differ is said, and not all that is in them.
      const [made = [], agreed = []] = [texts.get(name), readFileSync(pageFile(name), "utf8")].map(
        (text) => text?.split("\n"),
      );
      const at = made.findIndex((line, i) => line !== agreed[i]);
      assert.equal(made[at]?.slice(0, 300), agreed[at]?.slice(0, 300), `${name}, line ${at + 1}`);
      assert.ok(made.join("\n") === agreed.join("\n"), `${name} differs`);
    }
  });
});
