import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aboutOne, answers, table } from "./cohort-of.ts";

const issued = (...products: readonly string[]) =>
  aboutOne({
    MedicationIssue: table(
      ["MedicationIssue_ID", "MultilexDrug_ID", "ConsultationDate"],
      ...products.map((product, i) => [i + 1, product, `2020-01-0${i + 1}T00:00:00`]),
    ),
  });

const dictionary = table(
  ["MultilexDrug_ID", "DMD_ID"],
  ["old", "100"],
  ["now", "200"],
  ["next", "300"],
  ["cased", "AbC"],
);

/** Each product of the dictionary, issued one day after the other. */
const records = (pairs: readonly (readonly [current: string, previous: string])[]) => ({
  ...issued("old", "now", "next", "cased"),
  MedicationDictionary: dictionary,
  VmpMapping: table(["id", "prev_id"], ...pairs),
});

const medications = (codes: readonly unknown[], returning: string) =>
  ["with_these_medications", { codelist: { system: "snomed", codes }, returning }] as const;

describe("a dm+d codelist", () => {
  it("matches the ids that a product had before or has since", () => {
    const count = medications(["200"], "number_of_matches_in_period");
    assert.equal(answers({ count }, records([]))["count"], "1");
    assert.equal(answers({ count }, records([["200", "100"]]))["count"], "2");
    assert.equal(answers({ count }, records([["300", "200"]]))["count"], "2");
  });

  it("follows a chain only as far as the order of the pairs allows", () => {
    const count = medications(["100"], "number_of_matches_in_period");
    const forwards = records([
      ["200", "100"],
      ["300", "200"],
    ]);
    const backwards = records([
      ["300", "200"],
      ["200", "100"],
    ]);
    assert.equal(answers({ count }, forwards)["count"], "3");
    assert.equal(answers({ count }, backwards)["count"], "2");
  });

  it("gives an id brought in the category of its partner, and its own code as it stands", () => {
    const codes = [["200", "inhaler"]];
    const { category, code } = answers(
      { category: medications(codes, "category"), code: medications(codes, "code") },
      records([["300", "200"]]),
    );
    assert.deepEqual([category, code], ["inhaler", "300"]);
  });

  it("matches whatever the letter case", () => {
    const { any } = answers({ any: medications(["aBc"], "binary_flag") }, records([]));
    assert.equal(any, "1");
  });
});
