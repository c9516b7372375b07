/** Two tests for the test of the harness: one fails in a line that it knows. */
import assert from "node:assert/strict";
import { it } from "node:test";

it("holds", () => {
  assert.equal(import.meta.url.split("/").at(-1), "failing-example.ts");
});

it("does not hold", () => {
  const told: string = "told with its line";
  throw new Error(told);
});
