import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Calls } from "../definition/study-of.ts";
import { stopped, three } from "./one-cohort.ts";

describe("a value that is not what its column must hold", () => {
  const records = {
    ...three,
    ISARIC_Patient_Data_TopLine: [{ Patient_ID: 7, calc_age: "secret-943", hostdat: "31-12-2020" }],
  };

  for (const returning of ["calc_age", "hostdat"]) {
    it(`stops the run without being shown: ${returning}`, async () => {
      const columns: Calls = { asked: ["with_an_isaric_record", { returning }] };
      const told = await stopped(records, { columns });
      assert.deepEqual([told.code, told.exitCode], ["record-text", 1]);
      assert.match(
        told.message,
        new RegExp(`"${returning}" of the table "ISARIC_Patient_Data_TopLine"`),
      );
      assert.ok(!/secret|943|31-12/.test(JSON.stringify(told)));
    });
  }
});

describe("texts of records that stand for numbers or days", () => {
  it("and hold something else are told by table and column and how many, never by what they hold", async () => {
    const columns: Calls = {
      days: ["admitted_to_hospital", { returning: "total_critical_care_days_in_period" }],
    };
    const stays = ["3", "secret-943", "secret-944"].map((days, i) => ({
      stay: { Patient_ID: 5, APCS_Ident: i, Admission_Date: "2020-01-05" },
      derived: { Patient_ID: 5, APCS_Ident: i, Spell_PbR_CC_Day: days },
    }));
    const records = {
      ...three,
      APCS_ARCHIVED: stays.map(({ stay }) => stay),
      APCS_Der_ARCHIVED: stays.map(({ derived }) => derived),
    };
    const found = await stopped(records, { columns });
    assert.equal(found.code, "record-text");
    assert.match(
      found.message,
      /"Spell_PbR_CC_Day" of the table "APCS_Der_ARCHIVED" must hold numbers; 2 rows do not/,
    );
    assert.ok(!JSON.stringify(found).includes("secret"));
  });
});
