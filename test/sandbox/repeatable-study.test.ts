import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { problemsOf, studyOf } from "./temporary-workspace.ts";

describe("a study means the same each time", { concurrency: 2 }, () => {
  const refused = [
    "Math.random()",
    "Date.now()",
    "new Date()",
    "Date()",
    "new (class extends Date {})().constructor.now()",
  ];
  for (const expression of refused) {
    it(`so it cannot use ${expression}`, async () => {
      const [problem] = await problemsOf(`const a = 1;\nexport const study = ${expression};`);
      assert.equal(problem?.code, "study-not-repeatable");
      assert.match(problem.hint, /--param|"today"/);
      assert.equal(problem.place?.line, 2);
    });
  }

  it("so no detour leads to the clock", async () => {
    const study = `
      const tried = (f) => { try { return f(); } catch (e) { return e.problems?.[0].code ?? e.name; } };
      export const study = [
        tried(() => new Date(1).constructor.now()),
        tried(() => new (Object.getPrototypeOf(class extends Date {}))()),
        tried(() => Reflect.construct(Date, [])),
        tried(() => Reflect.construct(Date, [], Object).getTime?.()),
        tried(() => { Date.now = () => 1; }),
        tried(() => { delete Math.random; }),
      ];
    `;
    const refusal = "study-not-repeatable";
    const [first, second, third, fourth, ...rest] = (await studyOf(study)) as unknown[];
    assert.deepEqual(
      [first, second, third, rest],
      [refusal, refusal, refusal, ["TypeError", "TypeError"]],
    );
    assert.equal(fourth ?? null, null);
  });

  it("and dates are those of Greenwich, wherever it runs", async () => {
    // Zones far from Greenwich on both sides: one of them would show another day.
    const study = `export const study = [
      new Date(2020, 0, 31, 23), new Date("2020-01-31T23:00"), new Date("2020-01-31"),
      new Date("31 January 2020 23:00"), new Date(2020, 6, 1).getHours(), new Date(0).getTimezoneOffset(),
      String(new Date(0)), Date.parse("1970-01-01T01:00"), Date.UTC(1970, 0, 2), new Date(new Date(5)),
      new Date("2020-01-31T23:00-05:00"), typeof new Date(0).toDateString,
    ];`;
    const expected = [
      "2020-01-31T23:00:00.000Z",
      "2020-01-31T23:00:00.000Z",
      "2020-01-31T00:00:00.000Z",
      "2020-01-31T23:00:00.000Z",
      0,
      0,
      "Thu, 01 Jan 1970 00:00:00 GMT",
      3_600_000,
      86_400_000,
      "1970-01-01T00:00:00.005Z",
      "2020-02-01T04:00:00.000Z",
      "undefined",
    ];
    const before = process.env["TZ"];
    for (const zone of ["Pacific/Kiritimati", "Pacific/Honolulu"]) {
      process.env["TZ"] = zone;
      assert.deepEqual(await studyOf(study), expected, zone);
    }
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  });
});
