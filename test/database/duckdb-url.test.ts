import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NOTHING_DECLARED } from "../../engine/schema/omop/declared.ts";
import { parseDuckDbUrl } from "../../engine/backend/duckdb/duckdb-url.ts";
import type { DuckDbUrl } from "../../engine/backend/duckdb/duckdb-url.ts";
import { takeOptOutOption } from "../../engine/backend/database/opt-out-option.ts";
import { problemOf, problemsOf } from "../table/problem-of.ts";

const plain: DuckDbUrl = {
  path: "records.duckdb",
  includeOptedOut: false,
  saysOptOuts: false,
  layout: { provider: null, records: null, declared: NOTHING_DECLARED },
  threads: null,
  memoryLimit: null,
  patientsAtOnce: null,
  allowed: [],
};

const urls: readonly (readonly [url: string, parsed: Partial<DuckDbUrl>])[] = [
  ["duckdb:records.duckdb", {}],
  ["DuckDB:records.duckdb", {}],
  ["duckdb:./data/my records.duckdb", { path: "./data/my records.duckdb" }],
  ["duckdb:data/my%20records.duckdb", { path: "data/my records.duckdb" }],
  ["duckdb:100%.duckdb", { path: "100%.duckdb" }],
  ["duckdb:/srv/records.duckdb", { path: "/srv/records.duckdb" }],
  ["duckdb:///srv/records.duckdb", { path: "/srv/records.duckdb" }],
  ["duckdb:folder/", { path: "folder/" }],
  ["duckdb:records.duckdb?threads=2", { threads: 2 }],
  [
    "duckdb:records.duckdb?provider=emis",
    { layout: { provider: "emis", records: null, declared: NOTHING_DECLARED } },
  ],
  ["duckdb:records.duckdb?memory_limit=4GiB", { memoryLimit: "4GiB" }],
  ["duckdb:records.duckdb?memory_limit=1.5gb", { memoryLimit: "1.5gb" }],
  ["duckdb:records.duckdb?patients_at_once=500000", { patientsAtOnce: 500_000 }],
  [
    "duckdb:records.duckdb?opensafely_include_t1oo=true",
    { includeOptedOut: true, saysOptOuts: true },
  ],
  [
    "duckdb:records.duckdb?threads=1&opensafely_include_t1oo=TRUE&memory_limit=200MB",
    { threads: 1, includeOptedOut: true, saysOptOuts: true, memoryLimit: "200MB" },
  ],
];

describe("a URL of DuckDB", () => {
  for (const [url, parsed] of urls) {
    it(`says what to open and how: ${url}`, () => {
      assert.deepEqual(parseDuckDbUrl(url), { ...plain, ...parsed });
    });
  }

  it("with an option that nothing knows is a problem with the nearest one", async () => {
    const [found] = await problemsOf(() => parseDuckDbUrl("duckdb:a?thread=2"));
    assert.equal(found?.code, "database-option");
    assert.match(found.hint, /Nearest: "threads"/);
  });

  for (const [option, value] of [
    ["threads", "0"],
    ["threads", "two"],
    ["threads", ""],
    ["patients_at_once", "-1"],
    ["patients_at_once", "1e6"],
    ["memory_limit", "lots"],
    ["memory_limit", "4"],
    ["memory_limit", "1GB'; ATTACH 'x"],
  ] as const) {
    it(`with ${option}=${value} is a problem that does not repeat the value`, async () => {
      const url = `duckdb:a?${option}=${encodeURIComponent(value)}`;
      const [found, ...more] = await problemsOf(() => parseDuckDbUrl(url));
      assert.deepEqual(more, []);
      assert.equal(found?.code, "database-option-value");
      assert.match(found.message, new RegExp(`"${option}" .* must be a `));
      if (value.length > 2) assert.ok(!JSON.stringify(found).includes(value));
    });
  }

  it("with an option twice is a problem", async () => {
    const told = await problemOf(() => parseDuckDbUrl("duckdb:a?threads=2&threads=2"));
    assert.match(told, /^database-option-repeated: .*"threads"/);
  });

  it("without a path is a problem", async () => {
    assert.match(await problemOf(() => parseDuckDbUrl("duckdb:")), /^database-not-found/);
    assert.match(await problemOf(() => parseDuckDbUrl("duckdb:?threads=1")), /^database-not-found/);
  });
});

const optOuts: readonly (readonly [query: string, included: boolean, rest: string])[] = [
  ["", false, ""],
  ["?opensafely_include_t1oo=true", true, ""],
  ["?opensafely_include_t1oo=True", true, ""],
  ["?opensafely_include_t1oo=TRUE", true, ""],
  ["?opensafely_include_t1oo=1", false, ""],
  ["?opensafely_include_t1oo=yes", false, ""],
  ["?opensafely_include_t1oo=false", false, ""],
  ["?opensafely_include_t1oo", false, ""],
  ["?OPENSAFELY_INCLUDE_T1OO=true", false, "?OPENSAFELY_INCLUDE_T1OO=true"],
  ["?b=2&opensafely_include_t1oo=true&a=1&b=3", true, "?b=2&b=3&a=1"],
];

describe("the option that lets in who opted out", () => {
  for (const [query, includeOptedOut, rest] of optOuts) {
    it(`is ${includeOptedOut ? "set" : "not set"} by "${query}", and is taken out of the URL`, () => {
      assert.deepEqual(takeOptOutOption(`duckdb:a${query}`), {
        url: `duckdb:a${rest}`,
        includeOptedOut,
      });
    });
  }

  it("given twice is a problem, even with the same value", async () => {
    const url = "duckdb:a?opensafely_include_t1oo=true&opensafely_include_t1oo=true";
    assert.match(await problemOf(() => takeOptOutOption(url)), /^database-option-repeated/);
  });
});
