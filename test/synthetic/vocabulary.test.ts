import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SLOTS, mixedCodes, slotTable, studyShare } from "../../engine/synthetic/code-slots.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { hasCheckDigit, withCheckDigit } from "../../engine/synthetic/vocabulary/check-digit.ts";
import { codeEntries } from "../../engine/synthetic/vocabulary/code-entry.ts";
import { ctv3Codes } from "../../engine/synthetic/vocabulary/ctv3.ts";
import { icd10Codes } from "../../engine/synthetic/vocabulary/icd10.ts";
import { medicines } from "../../engine/synthetic/vocabulary/medicines.ts";
import { opcs4Codes } from "../../engine/synthetic/vocabulary/opcs4.ts";
import { snomedCodes } from "../../engine/synthetic/vocabulary/snomed.ts";
import { listOf, numberOf } from "./made-database.ts";
import { sql } from "../../engine/text/sql.ts";

describe("the check digit of a SNOMED CT identifier", () => {
  it("is that of published identifiers", () => {
    // Asthma, hypertension, myocardial infarction, SARS-CoV-2 detected.
    for (const id of ["195967001", "38341003", "22298006", "1240581000000104"]) {
      assert.ok(hasCheckDigit(id), id);
      assert.equal(withCheckDigit(id.slice(0, -1)), id);
    }
  });

  it("finds any wrong digit and any two neighbours that changed places", () => {
    const id = "195967001";
    for (let i = 0; i < id.length; i++) {
      const changed = `${id.slice(0, i)}${(Number(id[i]) + 3) % 10}${id.slice(i + 1)}`;
      assert.ok(!hasCheckDigit(changed), changed);
      const [one = "", two = ""] = [id[i], id[i + 1]];
      if (one !== two && two !== "") {
        const swapped = `${id.slice(0, i)}${two}${one}${id.slice(i + 2)}`;
        assert.ok(!hasCheckDigit(swapped), swapped);
      }
    }
  });
});

describe("the built-in codes", () => {
  const vocabularies = {
    snomed: { codes: snomedCodes.map(({ code }) => code), form: /^\d{6,18}$/ },
    ctv3: { codes: ctv3Codes.map(({ code }) => code), form: /^[A-Za-z0-9.]{5}$/ },
    "dm+d": { codes: medicines.map(({ dmd }) => dmd), form: /^\d{6,18}$/ },
    icd10: { codes: icd10Codes.map(({ code }) => code), form: /^[A-Z]\d\d[\dX]$/ },
    opcs4: { codes: opcs4Codes.map(({ code }) => code), form: /^[A-Z]\d{3}$/ },
  };

  for (const [system, { codes, form }] of Object.entries(vocabularies)) {
    it(`of ${system} are some hundreds, each once, in the form of the system`, () => {
      assert.ok(codes.length >= 200, String(codes.length));
      assert.equal(new Set(codes).size, codes.length);
      assert.deepEqual(
        codes.filter((code) => !form.test(code)),
        [],
      );
    });
  }

  it("of SNOMED CT and dm+d have right check digits", () => {
    const ids = [...vocabularies.snomed.codes, ...vocabularies["dm+d"].codes];
    assert.deepEqual(
      ids.filter((id) => !hasCheckDigit(id)),
      [],
    );
  });

  it("hold the codes that body mass index is made of", () => {
    const codes = new Set(ctv3Codes.map(({ code }) => code));
    for (const code of ["22K..", "X76C7", "22A..", "XM01E", "229.."])
      assert.ok(codes.has(code), code);
  });
});

describe("codes by their frequency", () => {
  it("share all slots, frequent codes many of them; a number beyond is nobody's", async () => {
    const db = await openDuckDb();
    await db.run(sql`ATTACH ':memory:' AS work`);
    for (const statement of slotTable("few", codeEntries("a 3\nb 1 10 2 0.5")))
      await db.run(statement);
    assert.deepEqual(
      await listOf(db, "SELECT count(*)::INTEGER FROM work.few GROUP BY code ORDER BY code"),
      [(SLOTS * 3) / 4, SLOTS / 4, 1],
    );
    const drawn = sql`FROM work.few WHERE slot < ${SLOTS}`;
    assert.equal(await numberOf(db, sql`SELECT count(DISTINCT slot) ${drawn}`), SLOTS);
    assert.deepEqual(await listOf(db, sql`SELECT DISTINCT scale ${drawn} ORDER BY code`), [
      null,
      10,
    ]);
    db.close();
  });

  it("give each of a study's lists the same part, and the built-in codes the rest", () => {
    const group = (codes: readonly string[]) => ({ codes, values: null });
    const mixed = mixedCodes(codeEntries("own 1"), [group(["a"]), group(["b", "c"])]);
    const weight = (codes: string): number =>
      mixed
        .filter(({ code }) => codes.includes(code))
        .reduce((sum, entry) => sum + entry.weight, 0);
    assert.ok(Math.abs(weight("a") - studyShare(2) / 2) < 1e-9);
    assert.ok(Math.abs(weight("bc") - studyShare(2) / 2) < 1e-9);
    assert.ok(Math.abs(weight("own") - (1 - studyShare(2))) < 1e-9);
  });
});
