import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aboutOne, answers, table } from "./cohort-of.ts";

const on = { date: "2020-02-01" };
const ADDRESS = ["PatientAddress_ID", "StartDate", "EndDate", "MSOACode", "ImdRankRounded"];
const CARE_HOME = ["PatientAddress_ID", "LocationRequiresNursing", "LocationDoesNotRequireNursing"];

const status = {
  ...on,
  categorised_as: {
    $pairs: [
      ["nursing", "IsPotentialCareHome AND LocationRequiresNursing = 'Y'"],
      ["home", "IsPotentialCareHome"],
      ["not nursing", "NOT (LocationRequiresNursing = 'Y')"],
      ["private", "DEFAULT"],
    ],
  },
};

function careHome(
  addresses: readonly (readonly (string | number)[])[],
  homes: readonly (readonly (string | number | null)[])[],
) {
  const records = aboutOne({
    PatientAddress: table(ADDRESS, ...addresses),
    PotentialCareHomeAddress: table(CARE_HOME, ...homes),
  });
  return answers({ status: ["care_home_status_as_of", status] }, records)["status"];
}

describe("the care home status", () => {
  const address = [1, "2019-01-01", "9999-12-31", "E1", 100];

  it("comes from the first category that holds", () => {
    assert.equal(careHome([address], [[1, "Y", "N"]]), "nursing");
    assert.equal(careHome([address], [[1, "N", "Y"]]), "home");
  });

  it("at an ordinary address is the default, for no condition on what is unknown holds", () => {
    assert.equal(careHome([address], []), "private");
  });

  it("without an address on the day is nothing, not the default", () => {
    assert.equal(careHome([[1, "2019-01-01", "2020-02-01", "E1", 100]], [[1, "Y", "N"]]), "");
  });

  it("of an address listed twice is that of the lowest row, a missing answer lowest", () => {
    assert.equal(
      careHome(
        [address],
        [
          [1, "Y", "N"],
          [1, null, "N"],
        ],
      ),
      "home",
    );
    assert.equal(
      careHome(
        [address],
        [
          [1, "Y", "N"],
          [1, "N", "Y"],
        ],
      ),
      "home",
    );
  });
});

describe("the address on a day", () => {
  const imd = (...rows: readonly (readonly (string | number)[])[]) =>
    answers(
      {
        imd: [
          "address_as_of",
          { ...on, returning: "index_of_multiple_deprivation", round_to_nearest: 100 },
        ],
      },
      aboutOne({ PatientAddress: table(ADDRESS, ...rows) }),
    )["imd"];

  it("is the one begun last, then the one ending last", () => {
    const lasting = [1, "2019-01-01", "9999-12-31", "E1", 100];
    const short = [2, "2019-06-01", "2020-03-01", "E1", 200];
    const shorter = [3, "2019-06-01", "2020-02-02", "E1", 300];
    assert.equal(imd(lasting, short, shorter), "200");
  });

  it("is one with a postcode rather than one without, then the lowest id", () => {
    const without = [1, "2019-01-01", "9999-12-31", "NPC", 100];
    assert.equal(
      imd(
        without,
        [3, "2019-01-01", "9999-12-31", "E1", 300],
        [2, "2019-01-01", "9999-12-31", "E2", 200],
      ),
      "200",
    );
  });

  it("ends before the last day stated; without one the rank is -1", () => {
    assert.equal(imd([1, "2020-02-01", "2020-02-02", "E1", 100]), "100");
    assert.equal(imd([1, "2019-01-01", "2020-02-01", "E1", 100]), "-1");
  });
});
