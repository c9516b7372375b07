import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseTrinoUrl, versionOf } from "../../engine/backend/trino/trino-url.ts";

const at = (url: string): string | null => versionOf(parseTrinoUrl(url));
const URL = "trino://ada:hunter2@db.example:8080/hive/records";

describe("the version of records in a Trino server", () => {
  it("is not known where nobody says it", () => {
    assert.equal(at(URL), null);
  });

  it("is the same for whoever asks, and another for other records and another word", () => {
    const first = at(`${URL}?version=march`);
    assert.equal(at(`trino://eve@db.example:8080/hive/records?attempts=2&version=march`), first);
    for (const other of [
      `${URL}?version=april`,
      `${URL}2?version=march`,
      "trino://ada@db2.example:8080/hive/records?version=march",
    ]) {
      assert.notEqual(at(other), first);
    }
  });

  it("repeats no word of the URL", () => {
    assert.match(at(`${URL}?version=march`) ?? "", /^trino [0-9a-f]{16}$/);
  });
});
