/** What becomes of a run whose server dies: the last thing that is asked of the server of `server.sh`. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { TrinoFault } from "../../engine/backend/trino/trino-error.ts";
import type { Ended } from "../commands/workspace.ts";
import { assertOne, cohortsIn, inRecords, OF_COHORT, output, skip } from "./records-over-a-way.ts";

function killServer(): void {
  const data = process.env["TRINO_DATA"] ?? "/tmp/cohortline-trino";
  process.kill(Number(readFileSync(join(data, "var/trino.pid"), "utf8")), "SIGKILL");
}

it(
  "a run whose Trino dies in the middle of rows loses the connection, and keeps whole files alone",
  { skip },
  async () => {
    let cohorts = 0;
    const found: { ended?: Ended; whole?: number; all?: number } = {};
    const running = inRecords(async ({ folder, run }) => {
      const rows = (statement: string): "none" | "cut" => {
        if (!OF_COHORT.test(statement) || ++cohorts < 2) return "none";
        if (cohorts === 2) killServer();
        return "cut";
      };
      found.ended = await run({ way: { rows } });
      found.whole = Object.keys(cohortsIn(folder)).length;
      found.all = output(folder).length;
    });
    // The test's own schema cannot be dropped either.
    await assert.rejects(running, TrinoFault);
    assert.ok(found.ended);
    assertOne(found.ended, 3, "trino-connection-lost");
    assert.deepEqual([found.whole, found.all], [1, 2]);
  },
);
