/** Whether a certificate shows that what is published is releasable. Nothing is solved: only the checker is asked. */
import { Checker } from "../check/checker.ts";
import { sizeOf } from "../check/layout.ts";
import type { Layout, Witness } from "../check/layout.ts";
import { inputsOf } from "../audit.ts";
import { cellKey } from "../describe/cell-name.ts";
import { policyOf } from "../describe/description.ts";
import type { Description, Policy } from "../describe/description.ts";
import { publishedTables } from "../describe/published-table.ts";
import { refuseStrayKnown } from "../model/known-quantities.ts";
import type { WorldParts } from "../model/world.ts";
import { worldsOf } from "../model/world.ts";
import { opened } from "../settle-world.ts";
import type { Target } from "../model/targets.ts";
import { sortedJson } from "../sorted-json.ts";
import type { CertifiedWorld, PackedShownBy } from "./certificate.ts";
import { unpacked } from "./packed-numbers.ts";
import type { ReadCertificate } from "./read-certificate.ts";

export type Verified =
  | { readonly holds: true; readonly cells: number; readonly exact: number }
  | { readonly holds: false; readonly why: string };

class Refused extends Error {}

/**
 * Files are known by their checksums, releases only as what holds the same files: a pack lies elsewhere than what was audited.
 * Problems: those of `publishedTables` and `refuseStrayKnown`.
 */
export function verifyCertificate(
  certificate: ReadCertificate,
  description: Description,
): Verified {
  try {
    return verified(certificate, description);
  } catch (error) {
    if (error instanceof Refused) return { holds: false, why: error.message };
    throw error;
  }
}

function refuse(why: string): never {
  throw new Refused(why);
}

function verified(certificate: ReadCertificate, description: Description): Verified {
  const policy = policyOf(description);
  if (sortedJson(policy) !== sortedJson(certificate.policy)) refuse("It is of another policy.");
  const inputs = inputsOf(description);
  if (inputs.some(({ patientLevel }) => patientLevel)) refuse("A file has a row for each patient.");
  const releases = new Map<string, string>();
  for (const [at, { release, file, sha256 }] of inputs.entries()) {
    const own = certificate.inputs[at];
    const known = releases.get(release) ?? own?.release ?? "";
    releases.set(release, known);
    if (sortedJson({ release: known, file, sha256 }) !== sortedJson(own))
      refuse(`${release}/${file} is not the file that it is of.`);
  }
  if (new Set(releases.values()).size !== releases.size) refuse("It is of other releases.");
  const tables = description.releases.flatMap(publishedTables);
  refuseStrayKnown(description, tables);
  const worlds = worldsOf(description, tables);
  const isWhole = worlds.length === certificate.worlds.length;
  if (!isWhole || inputs.length !== certificate.inputs.length) refuse("It is of other files.");
  let [cells, exact] = [0, 0];
  for (const [at, parts] of worlds.entries()) {
    const found = verifyWorld(parts, certificate.worlds[at], description, policy);
    [cells, exact] = [cells + found.cells, exact + found.exact];
  }
  return { holds: true, cells, exact };
}

function verifyWorld(
  parts: WorldParts,
  world: CertifiedWorld | undefined,
  description: Description,
  policy: Policy,
): { readonly cells: number; readonly exact: number } {
  const { study, data, dates, tables } = parts;
  if (
    world === undefined ||
    sortedJson([study, data, dates]) !== sortedJson([world.study, world.data, world.dates])
  )
    return refuse("It is of other dates or data.");
  const layouts = layoutsOf(world);
  const checker = new Checker({ description, attacker: policy.attacker, tables, data }, layouts);
  const witnesses = witnessesOf(world, layouts);
  for (const [at, witness] of witnesses.entries())
    if (!checker.accepts(witness))
      refuse(`Table ${at + 1} of ${dates.join()} would print otherwise.`);
  const open = opened(description, parts, policy, "linked");
  const { lo, hi, isEmpty } = open.solver.bounds;
  // Of what contradicts itself nothing could be proved, and without any table nothing shows that it does not.
  if (isEmpty || (tables.length > 0 && witnesses.length === 0))
    refuse(`Nothing shows that the tables of ${dates.join()} can all be true.`);
  let exact = 0;
  for (const target of open.targets) {
    const values = valuesShown(target, world, { checker, witnesses });
    if (values.size >= policy.minValues) continue;
    // What bounds alone prove not to be small needs no tables.
    const [least, most] = [lo[target.variable] ?? 0, hi[target.variable] ?? 0];
    if (least <= policy.small && most >= 1)
      refuse(`Too few tables are of ${cellKey(target.name)}.`);
    exact++;
  }
  return { cells: open.targets.length - exact, exact };
}

const NO_VALUES = "A column has no values.";

/** Half a gigabyte: a certificate comes from somebody else, and a few letters can say that a number stands there a billion times. */
const MOST_NUMBERS = 2 ** 26;

function layoutsOf({ layouts, columns, witnesses }: CertifiedWorld): readonly Layout[] {
  const all = layouts.map(({ quantity, date, columns: own }) => ({
    ...{ quantity, date },
    columns: own.map((name) => ({
      name,
      values: (Object.hasOwn(columns, name) ? columns[name] : null) ?? refuse(NO_VALUES),
    })),
  }));
  const numbers = all.reduce((sum, layout) => sum + sizeOf(layout), 0);
  if (!(numbers * witnesses.length <= MOST_NUMBERS)) refuse("Its tables are too large.");
  return all;
}

function witnessesOf(
  { witnesses }: CertifiedWorld,
  layouts: readonly Layout[],
): readonly Witness[] {
  const made: Witness[] = [];
  for (const witness of witnesses) {
    if (witness.length !== layouts.length) return refuse("A table has another form.");
    made.push(
      layouts.map((layout, at) => {
        const text = witness[at];
        const numbers = typeof text === "string" ? unpacked(text, sizeOf(layout)) : made[0]?.[at];
        return numbers ?? refuse("A table has another form.");
      }),
    );
  }
  return made;
}

interface Verifying {
  readonly checker: Checker;
  readonly witnesses: readonly Witness[];
}

function valuesShown(
  { name }: Target,
  { cells }: CertifiedWorld,
  { checker, witnesses }: Verifying,
): ReadonlySet<number> {
  const read = checker.reader(name);
  const key = cellKey(name);
  const shown = Object.hasOwn(cells, key) ? (cells[key] ?? []) : [];
  return new Set(
    shown.map((by) => {
      const witness = witnesses[by[0]] ?? refuse("A table is missing.");
      const value = by.length === 1 ? read(witness) : exchangedValue(by, witness, checker, read);
      return Number.isNaN(value) ? refuse(`No table has ${key}.`) : value;
    }),
  );
}

function exchangedValue(
  [, a, b, layouts]: Extract<PackedShownBy, { readonly length: 4 }>,
  witness: Witness,
  checker: Checker,
  read: (witness: Witness) => number,
): number {
  if (!checker.acceptsExchange(witness, layouts, a, b)) refuse("Two numbers cannot be exchanged.");
  const made = witness.map((numbers, at) => {
    if (!layouts.includes(at)) return numbers;
    return numbers.with(a, numbers[b] ?? NaN).with(b, numbers[a] ?? NaN);
  });
  return read(made);
}
