/** A solver that is not ours: asked where our search finds no solution soon, and never believed. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { auditCertified } from "../../engine/audit/audit.ts";
import type { AuditResult } from "../../engine/audit/audit-result.ts";
import { readCertificate } from "../../engine/audit/certificate/read-certificate.ts";
import { verifyCertificate } from "../../engine/audit/certificate/verify-certificate.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import { solveWithHighs } from "../../engine/audit/solve/highs.ts";
import type { SolveProgram } from "../../engine/audit/solve/highs.ts";
import { crossedTables } from "../../bench/crossed-tables.ts";
import { sourceFiles } from "../house/source-files.ts";

/** Three groupings crossed, and their totals one by one: too few steps for our search. */
const crossed = (first: number, patients: number, share: number) =>
  readDescription(
    crossedTables({
      ...{ sizes: [first, 2, 6], tables: [[0], [1], [2], [0, 1, 2]] },
      ...{ patients, share },
    }),
    "crossed",
  );

const how = { budget: 20, certifies: false };

describe("HiGHS", () => {
  it("finds a first solution of crossed tables where our search does not, and the checker takes what follows", () => {
    const description = crossed(30, 9000, 0.05);
    const alone = auditCertified(description, { ...how, solveProgram: () => null }).result;
    assert.equal(alone.undecided.length, alone.cells.length);
    const { result, certificate } = auditCertified(description, { ...how, certifies: true });
    assert.deepEqual(result.undecided, []);
    assert.ok(result.cells.length > 200 && result.releasable);
    const { holds } = verifyCertificate(
      readCertificate(JSON.stringify(certificate), "certificate"),
      description,
    );
    assert.ok(holds);
  });

  it("is named by two files, one of which is a process of its own", () => {
    const naming = (text: string): readonly string[] =>
      sourceFiles("engine").flatMap(({ path, text: own }) => (own.includes(text) ? [path] : []));
    assert.deepEqual(naming('"highs"'), ["engine/audit/solve/highs-process.ts"]);
    assert.deepEqual(naming("/highs-process."), ["engine/audit/solve/highs.ts"]);
  });
});

describe("a solver that lies", () => {
  it("changes no verdict, whatever numbers it gives", () => {
    const description = crossed(20, 4000, 0.06);
    const with_ = (solveProgram: SolveProgram): AuditResult["cells"] =>
      auditCertified(description, { ...how, solveProgram }).result.cells;
    const honest = with_(() => null);
    const truth = with_(solveWithHighs);
    assert.ok(
      truth.some(({ unsafe }) => unsafe) && truth.some(({ verdict }) => verdict === "safe"),
    );
    const lies: Readonly<Record<string, SolveProgram>> = {
      "one everywhere": ({ columns }) => columns.map(() => 1),
      "the least of each": ({ columns }) => columns.map(({ lo }) => lo ?? 0),
      "no numbers": ({ columns }) => columns.map(() => NaN),
      "far too few": () => [1],
      halves: ({ columns }) => columns.map(({ lo }) => (lo ?? 0) + 0.5),
      "one wrong number": (program) =>
        solveWithHighs(program)?.map((number, at) => (at === 3 ? number + 1 : number)) ?? null,
    };
    for (const [lie, solveProgram] of Object.entries(lies))
      assert.deepEqual(with_(solveProgram), honest, lie);
  });
});
