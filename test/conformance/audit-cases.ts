/** audit/: from a description to the verdict of every cell. */
import { audit } from "../../engine/audit/audit.ts";
import type { AuditedCell } from "../../engine/audit/audit-result.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import { expectEqual, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";

interface Expected {
  readonly releasable: boolean;
  readonly contradiction: boolean;
  readonly patientLevel: readonly string[];
  readonly cells: readonly AuditedCell[];
}

/** Minimum, maximum, values, verdict and `unsafe` of every cell; one more or less is a mismatch. */
export function auditCase(recorded: Recorded): Promise<void> {
  const { expect: told, ...description } = recorded;
  const expected = told as Expected;
  const result = audit(readDescription(JSON.stringify(description), "case.json"));
  expectEqual(result.contradiction !== null, expected.contradiction, "contradiction");
  const files = result.inputs.filter(({ patientLevel }) => patientLevel);
  expectEqual(
    files.map(({ release, file }) => `${release}/${file}`),
    expected.patientLevel,
    "patientLevel",
  );
  const found = new Map(result.cells.map((cell) => [nameOf(cell), cell]));
  for (const cell of expected.cells) {
    const name = nameOf(cell);
    expectEqual(verdictOf(found.get(name)), verdictOf(cell), name);
    found.delete(name);
  }
  const [more] = found.keys();
  if (more !== undefined) mismatch(`a cell more: ${more}`);
  expectEqual(result.releasable, expected.releasable, "releasable");
  return Promise.resolve();
}

function nameOf({ of, quantity, without, since, date, groups, study, data }: AuditedCell): string {
  const sorted = Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([of, quantity, without, since, date, sorted, study, data]);
}

function verdictOf(cell: AuditedCell | undefined): unknown {
  if (cell === undefined) return "no such cell";
  const { min, max, values, verdict, unsafe } = cell;
  return { min, max, values, verdict, unsafe };
}
