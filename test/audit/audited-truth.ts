/** Holds an audit against all true numbers that can stand behind what is published. */
import assert from "node:assert/strict";
import { auditCertified } from "../../engine/audit/audit.ts";
import type { AuditedCell } from "../../engine/audit/audit-result.ts";
import { readCertificate } from "../../engine/audit/certificate/read-certificate.ts";
import { verifyCertificate } from "../../engine/audit/certificate/verify-certificate.ts";
import { describedAs, fileOf } from "./described-publication.ts";
import { everyTruth } from "./every-truth.ts";
import { added, atomsIn, columnsOf } from "./publication.ts";
import type { Setting, Truth } from "./publication.ts";
import type { Publication } from "./random-publication.ts";

export const stats: Record<string, number> = {};
const count = (what: string, n = 1): void => void (stats[what] = (stats[what] ?? 0) + n);

/** `description` says the same of it as `describedAs`, in another way. */
export function checkPublication(
  publication: Publication,
  steps: number,
  description = describedAs(publication),
): void {
  const { setting, printed, known, attacker } = publication;
  const says = (): string => told(publication);
  let result, certificate;
  try {
    ({ result, certificate } = auditCertified(description, { budget: 5000, certifies: true }));
  } catch (error) {
    throw new Error(says(), { cause: error });
  }
  const { cells, policy } = result;
  const values = cells.map(() => new Set<number>());
  let truths = 0;
  const readers = cells.map((cell) => readerOf(setting, cell));
  const see = (truth: Truth): void => {
    truths++;
    for (const [at, read] of readers.entries()) values[at]?.add(read(truth));
  };
  count("worlds");
  const searched = everyTruth({ setting, printed, known, attacker, most: 14 }, see, steps);
  if (searched === null) {
    count("too large");
    // What was found is true all the same.
    if (truths === 0) return;
  } else assert.ok(truths > 0, `oracle found nothing\n${says()}`);
  const isWhole = searched?.isWhole === true;
  assert.equal(result.contradiction, null, `contradiction\n${says()}`);
  count(isWhole ? "whole" : "part");
  for (const [at, cell] of cells.entries()) {
    count(`${cell.verdict}${cell.unsafe ? " unsafe" : ""}`);
    const own = [...(values[at] ?? [])].sort((a, b) => a - b);
    checkCell(own, isWhole, cell, policy, says);
  }
  if (result.releasable) {
    count("releasable");
    assert.ok(certificate !== null, says());
    const verified = verifyCertificate(
      readCertificate(JSON.stringify(certificate), "c"),
      description,
    );
    assert.ok(verified.holds, `${JSON.stringify(verified)}\n${says()}`);
  } else assert.equal(certificate, null);
}

function checkCell(
  values: readonly number[],
  isWhole: boolean,
  cell: AuditedCell,
  policy: { small: number; minValues: number },
  says: () => string,
): void {
  const text = (): string =>
    `${JSON.stringify(cell)}\npossible: ${values.join()} ${isWhole ? "all" : "some"}\n${says()}`;
  const max = cell.max ?? Infinity;
  if (cell.verdict === "undecided") {
    count("undecided!");
    assert.ok(
      values.every((n) => n >= cell.min && n <= max),
      `bounds\n${text()}`,
    );
    return;
  }
  assert.ok(
    values.every((n) => n >= cell.min && n <= max),
    `a possible value is missing\n${text()}`,
  );
  if (cell.values !== undefined)
    assert.ok(
      values.every((n) => cell.values?.includes(n)),
      `a possible value is missing\n${text()}`,
    );
  if (values.length >= policy.minValues)
    assert.equal(cell.verdict, "safe", `wrong leak\n${text()}`);
  if (!isWhole) return;
  count("decided whole");
  const verdict =
    values.length >= policy.minValues ? "safe" : values.length === 1 ? "exact" : "narrow";
  assert.equal(cell.verdict, verdict, `wrong verdict\n${text()}`);
  assert.deepEqual([cell.min, cell.max], [values[0], values.at(-1)], `wrong bounds\n${text()}`);
  const unsafe = verdict !== "safe" && values.some((n) => n >= 1 && n <= policy.small);
  assert.equal(cell.unsafe, unsafe, `wrong unsafe\n${text()}`);
  if (cell.values !== undefined)
    assert.deepEqual([...cell.values], values, `wrong values\n${text()}`);
}

function readerOf(setting: Setting, cell: AuditedCell): (truth: Truth) => number {
  const { of, quantity, date, since, without, groups } = cell;
  const atoms = atomsIn(setting, groups);
  const reader = (name: string, day: string): ((truth: Truth) => number) => {
    const at = setting.quantities.findIndex((each) => each.name === name);
    const on = setting.dates.indexOf(day);
    return (truth) => added(truth[on]?.[at] ?? [], atoms);
  };
  const own = reader(quantity, date);
  const other =
    without !== undefined
      ? reader(without, date)
      : since === undefined
        ? null
        : reader(quantity, since);
  if (of === "complement") {
    const people = reader("population", date);
    return (truth) => people(truth) - own(truth);
  }
  return other === null ? own : (truth) => own(truth) - other(truth);
}

function told(publication: Publication): string {
  const { setting, known, attacker, policy, truth } = publication;
  const { axes, cuts, facts, time, tables } = setting;
  return [
    JSON.stringify({ axes, cuts, facts, time, known, attacker, policy, truth }),
    ...tables.flatMap((table) => [
      JSON.stringify({ ...table, columns: columnsOf(table).names }),
      fileOf(publication, table.id),
    ]),
  ].join("\n");
}
