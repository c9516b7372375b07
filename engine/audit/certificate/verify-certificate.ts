/** Whether a certificate shows that what is published is releasable. Nothing is solved: only the checker is asked. */
import { valueIn } from "../check/cell-terms.ts";
import { Checker } from "../check/checker.ts";
import { sizeOf } from "../check/layout.ts";
import type { Layout, Term, Witness } from "../check/layout.ts";
import { printedNumbers } from "../check/printed-numbers.ts";
import type { Exchange, Way, WayPart } from "../check/shown.ts";
import { smallAmong } from "./plain-bounds.ts";
import { cellKey } from "../describe/cell-name.ts";
import { inputsOf } from "../describe/inputs.ts";
import { policyOf } from "../describe/description.ts";
import type { Description, Policy } from "../describe/description.ts";
import { publishedTables } from "../describe/published-table.ts";
import { refuseStrayKnown } from "../model/known-quantities.ts";
import type { WorldParts } from "../model/world.ts";
import { relateDates, relateQuantities } from "../model/relations.ts";
import { openWorld, worldsOf } from "../model/world.ts";
import type { World } from "../model/world.ts";
import { takeFigures } from "../model/figures.ts";
import { targetsOf } from "../model/targets.ts";
import type { Target } from "../model/targets.ts";
import { sortedJson } from "../sorted-json.ts";
import type { CertifiedWorld } from "./certificate.ts";
import { unpacked, unpackedOpen } from "./packed-numbers.ts";
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
  if (!certificate.isAsWritten) refuse("It has been modified since it was written.");
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
    const found = verifyWorld(parts, { certificate, at }, description, policy);
    [cells, exact] = [cells + found.cells, exact + found.exact];
  }
  return { holds: true, cells, exact };
}

function verifyWorld(
  parts: WorldParts,
  { certificate: { worlds, groups }, at }: { certificate: ReadCertificate; at: number },
  given: Description,
  policy: Policy,
): { readonly cells: number; readonly exact: number } {
  const world = worlds[at];
  const { study, data, dates, tables } = parts;
  if (
    world === undefined ||
    sortedJson([study, data, dates]) !== sortedJson([world.study, world.data, world.dates])
  )
    return refuse("It is of other dates or data.");
  const own = openWorld(given, parts, "linked");
  const { description } = own;
  const targets = targetsOf(own, takeFigures(own, policy), policy);
  const layouts = layoutsOf(world, groups, own);
  const checker = new Checker({ description, attacker: policy.attacker, tables, data }, layouts);
  const witnesses = witnessesOf(world, printedNumbers(checker.printed, layouts));
  for (const [at, witness] of witnesses.entries())
    if (!checker.accepts(witness))
      refuse(`Table ${at + 1} of ${dates.join()} would print otherwise.`);
  // Without any table nothing shows that those published do not contradict each other.
  if (tables.length > 0 && witnesses.length === 0)
    refuse(`Nothing shows that the tables of ${dates.join()} can all be true.`);
  const wayOf = unpacked(world.cells, targets.length) ?? refuse("It is of other numbers.");
  const rest = targets.filter((target, at) => {
    const way = world.ways[wayOf[at] ?? -1] ?? refuse("A way is missing.");
    return valuesShown(target, way, { checker, witnesses }).size < policy.minValues;
  });
  refuseSmall(rest, own, policy);
  return { cells: targets.length - rest.length, exact: rest.length };
}

/** What is proved not to be small needs no tables. */
function refuseSmall(rest: readonly Target[], world: World, { small }: Policy): void {
  if (rest.length === 0) return;
  relateQuantities(world);
  relateDates(world);
  const stillSmall = smallAmong(
    world.model,
    rest.map(({ variable }) => variable),
    small,
  );
  for (const { variable, name } of rest)
    if (stillSmall.has(variable)) refuse(`Too few tables are of ${cellKey(name)}.`);
}

const OTHER_GROUPS = "Its groups are not those of the files.";

/** Half a gigabyte: a certificate comes from somebody else, and a few letters can say that a number stands there a billion times. */
const MOST_NUMBERS = 2 ** 26;

/** With the groups that the files show, and no others: patients in a group that nobody prints would be in no sum. */
function layoutsOf(
  { layouts, columns, witnesses }: CertifiedWorld,
  groups: ReadCertificate["groups"],
  { columns: { axes } }: World,
): readonly Layout[] {
  const known = new Map(axes.map((axis) => [axis.name, axis]));
  for (const [name, place] of Object.entries(columns))
    if (sortedJson(known.get(name)?.values) !== sortedJson(groups[place])) refuse(OTHER_GROUPS);
  const all = layouts.map(({ quantity, date, columns: own }) => ({
    ...{ quantity, date },
    columns: own.map(
      (name) => (Object.hasOwn(columns, name) ? known.get(name) : null) ?? refuse(OTHER_GROUPS),
    ),
  }));
  const numbers = all.reduce((sum, layout) => sum + sizeOf(layout), 0);
  if (!(numbers * witnesses.length <= MOST_NUMBERS)) refuse("Its tables are too large.");
  return all;
}

function witnessesOf(
  { witnesses }: CertifiedWorld,
  printed: readonly Float64Array[],
): readonly Witness[] {
  const made: Witness[] = [];
  for (const witness of witnesses) {
    if (witness.length !== printed.length) return refuse("A table has another form.");
    made.push(
      printed.map((own, at) => {
        const text = witness[at];
        const numbers = typeof text === "string" ? unpackedOpen(text, own) : made[0]?.[at];
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
  { name, first }: Target,
  way: Way,
  { checker, witnesses }: Verifying,
): ReadonlySet<number> {
  const terms =
    first === undefined
      ? checker.terms.of(name)
      : checker.terms.at(first.own.table, first.own.column, first.at);
  const values = new Set<number>();
  for (const part of way) {
    const witness = witnesses[part[0]] ?? refuse("A table is missing.");
    const exchange = exchangeOf(part, terms);
    if (exchange !== undefined && !checker.acceptsExchange(witness, exchange))
      refuse("Two numbers cannot be exchanged.");
    const value = terms === null ? NaN : valueIn(terms, witness, exchange);
    values.add(Number.isNaN(value) ? refuse(`No table has ${cellKey(name)}.`) : value);
  }
  return values;
}

/** Of the cell's own place with another one. */
function exchangeOf(part: WayPart, terms: readonly Term[] | null): Exchange | undefined {
  if (part.length === 1) return undefined;
  const [, other, layouts] = part;
  const [[own, ...rest] = [], ...more] = (terms ?? []).map(({ places }) => places);
  if (own === undefined || rest.length > 0 || more.length > 0)
    return refuse("Two numbers cannot be exchanged.");
  return { layouts, places: [own, other] };
}
