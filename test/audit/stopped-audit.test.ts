/** An audit that is ended early: what was proved is told, and nothing else is called safe or worked out. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { describe, it } from "node:test";
import fc from "fast-check";
import { audit, auditCertified } from "../../engine/audit/audit.ts";
import { cellKey } from "../../engine/audit/describe/cell-name.ts";
import { crossedTables } from "../../bench/crossed-tables.ts";
import { inWorkspace, start } from "../commands/workspace.ts";
import { describedAs } from "./described-publication.ts";
import { drawPublication } from "./random-publication.ts";

/** Takes many times as long as anybody waits here. */
const long = crossedTables({
  ...{ sizes: [200, 2, 6], tables: [[0], [1], [2], [0, 1, 2]], patients: 60_000, share: 0.06 },
});

describe("an audit that is stopped", () => {
  it("tells with Ctrl-C what is undecided, writes no certificate, and exits as interrupted", async () => {
    await inWorkspace({ "long.json": long }, async (folder) => {
      const words = ["audit", "--description", "long.json", "--certificate", "yes.json"];
      // Before it listens the signal ends it at once.
      for (let wait = 1000; ; wait *= 2) {
        const running = start(folder, words);
        await after(wait);
        running.process.kill("SIGINT");
        const { signal, code, out } = await running.ended;
        if (signal !== null && wait < 20_000) continue;
        assert.equal(code, 130, out);
        assert.match(
          out,
          /\n1865 are undecided\.\n0 have [^]*\nNot releasable\.\nIt was stopped: what it had not settled by then is undecided\.\n$/,
        );
        assert.equal(existsSync(join(folder, "yes.json")), false);
        return;
      }
    });
  });

  it("says of each number what it would have said, or that it is undecided, whenever it is stopped", () => {
    const stops = [0, 2, 12];
    const property = fc.property(fc.gen(), (draw) => {
      const description = describedAs(drawPublication((from) => draw(() => from)));
      const whole = audit(description);
      if (whole.contradiction !== null) return;
      const cells = new Map(whole.cells.map((cell) => [cellKey(cell), cell]));
      for (const stop of stops) {
        let asked = 0;
        const watch = { isStopped: () => ++asked > stop, progress: () => unwatched };
        const { result } = auditCertified(description, { budget: 5000, certifies: false, watch });
        for (const cell of result.cells) {
          const same = cells.get(cellKey(cell));
          const { verdict, unsafe } = cell;
          if (verdict !== "undecided")
            assert.deepEqual([verdict, unsafe], [same?.verdict, same?.unsafe], `after ${stop}`);
        }
        assert.ok(!result.releasable || whole.releasable);
      }
    });
    fc.assert(property, { numRuns: 6, seed: 21, endOnFailure: true });
  });
});

const unwatched = { advance: () => undefined, end: () => undefined };
