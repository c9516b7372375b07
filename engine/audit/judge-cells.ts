/** The verdict of each cell of a world: what is possible, and whether the checker takes the witnesses. */
import type { AuditedCell } from "./audit-result.ts";
import { Checker } from "./check/checker.ts";
import { valueIn } from "./check/cell-terms.ts";
import { printedNumbers } from "./check/printed-numbers.ts";
import { Ways } from "./check/shown.ts";
import type { Exchange, Shown, ShownBy } from "./check/shown.ts";
import type { Layout, Term, Witness } from "./check/layout.ts";
import type { Policy } from "./describe/description.ts";
import { placingOf } from "./model/cells.ts";
import { PatientsBehind } from "./model/patients-behind.ts";
import type { Placing } from "./model/cells.ts";
import type { PrintedCells } from "./model/printed-cells.ts";
import { PrintedTarget } from "./model/targets.ts";
import type { Target } from "./model/targets.ts";
import type { World } from "./model/world.ts";
import { exchange } from "./solve/classes.ts";
import { LISTED_WIDTH, shownMax } from "./solve/possible.ts";
import type { Possible, Settled } from "./solve/possible.ts";
import type { Solution, Solver } from "./solve/solver.ts";
import { SafeCell } from "./safe-cell.ts";
import type { FoundSafe } from "./safe-cell.ts";

/** A world whose limits are all there. */
export interface Opened {
  readonly world: World;
  readonly figures: readonly PrintedCells[];
  readonly targets: readonly Target[];
  readonly solver: Solver;
}

export function undecided(
  { name, variable, figures }: Target,
  { bounds: { lo, hi } }: Solver,
): AuditedCell {
  const [min, max] = [lo[variable] ?? 0, shownMax(hi[variable] ?? 0)];
  return { ...name, figures, min, max, verdict: "undecided", unsafe: false };
}

/** What was found of all components together. */
export interface Found {
  /** Each of the whole world. */
  readonly solutions: readonly Solution[];
  readonly settledOf: (variable: number) => Settled | undefined;
  readonly policy: Policy;
  /** Whether anything was looked at. */
  readonly isSearched: boolean;
  /** Whether it is kept what shows each cell. */
  readonly certifies: boolean;
}

/** Safe only with as many accepted witnesses as the policy asks for. */
export function judgedAll(open: Opened, found: Found): Judged {
  const { targets, solver } = open;
  if (found.solutions.length === 0) {
    // What is proved holds without any solution; nothing is safe without one.
    const witnesses = (): Witnesses => ({ count: 0, proof: "tables" });
    const cells = targets.map((target) => judged(target, found, { solver, witnesses }));
    return { cells, shown: null };
  }
  const showing = showingOf(open, found);
  const patients = new PatientsBehind(open.world);
  let by: readonly ShownBy[] = [];
  const witnesses = (target: Target): Witnesses => {
    by = [...shownValues(target, { found, showing }).values()];
    const areOfPatients = by.every((each) => {
      const witness = showing.taken[each.witness]?.witness;
      return witness !== undefined && patients.canBe(witness, each);
    });
    return { count: by.length, proof: areOfPatients ? "patients" : "tables" };
  };
  const ways = new Ways();
  const cells = targets.map((target) => {
    by = [];
    const cell = judged(target, found, { solver, witnesses });
    if (found.certifies) ways.add(by);
    return cell;
  });
  return { cells, shown: found.certifies ? shownIn(showing, ways) : null };
}

function shownIn({ layouts, taken, checker }: Showing, ways: Ways): Shown {
  const witnesses = taken.map(({ witness }) => witness);
  return { layouts, witnesses, ways, printed: printedNumbers(checker.printed, layouts) };
}

interface Witnesses {
  /** How many values they show. */
  readonly count: number;
  readonly proof: "patients" | "tables";
}

export interface Judged {
  readonly cells: readonly AuditedCell[];
  /** Null where none is asked for, or nothing was found. */
  readonly shown: Shown | null;
}

/** A solution that the checker takes. */
interface Taken {
  readonly solution: Solution;
  /** The same numbers. */
  readonly witness: Witness;
}

interface Donor {
  readonly from: number;
  readonly variable: number;
}

interface Showing {
  readonly checker: Checker;
  readonly layouts: readonly Layout[];
  readonly witnessOf: (solution: Solution) => Witness;
  readonly placing: Placing;
  /** In the order of the witnesses. */
  readonly taken: Taken[];
  /** By class: for each value some variable that has it. */
  readonly donors: Donors;
}

function showingOf({ world, targets }: Opened, { solutions, settledOf, policy }: Found): Showing {
  const { cells, description, tables, data } = world;
  const layouts = cells.layouts.map(({ quantity, date, node }) => ({
    ...{ quantity, date },
    columns: node.map(({ name, values }) => ({ name, values })),
  }));
  const { attacker } = policy;
  const checker = new Checker({ description, attacker, tables, data }, layouts);
  const taken: Taken[] = [];
  // Layouts that are as in the witness before are the same array, which the checker looks at once.
  const witnessOf = (solution: Solution): Witness =>
    cells.layouts.map(({ first, size }, at) => {
      const own = solution.subarray(first, first + size);
      const before = taken.at(-1)?.witness[at];
      return before !== undefined && own.every((value, place) => value === before[place])
        ? before
        : own;
    });
  for (const solution of solutions) {
    const witness = witnessOf(solution);
    if (checker.accepts(witness)) taken.push({ solution, witness });
  }
  const donors = new Donors(targets, taken, (v) => settledOf(v)?.classes.keyOf(v));
  return { checker, layouts, witnessOf, placing: placingOf(cells), taken, donors };
}

/** As many values as the policy asks for, read from accepted witnesses, with exchanges where these are needed. */
function shownValues(
  target: Target,
  { found: { settledOf, policy }, showing }: { readonly found: Found; readonly showing: Showing },
): ReadonlyMap<number, ShownBy> {
  const { checker, taken, donors } = showing;
  const { variable } = target;
  const terms = termsOf(target, checker);
  const shown = new Map<number, ShownBy>();
  if (terms === null) return shown;
  for (const [at, { witness }] of taken.entries()) {
    const value = valueIn(terms, witness);
    if (!shown.has(value) && !Number.isNaN(value)) shown.set(value, { witness: at });
    if (shown.size >= policy.minValues) return shown;
  }
  const classes = settledOf(variable)?.classes;
  if (classes === undefined) return shown;
  const own = classes.bundleOf(variable);
  for (const [value, { from, variable: other }] of donors.of(classes.keyOf(variable))) {
    if (shown.size >= policy.minValues) return shown;
    if (shown.has(value)) continue;
    const by = shownByExchange(from, [own, classes.bundleOf(other)], showing);
    const source = taken[by?.witness ?? -1];
    if (by === null || source === undefined) continue;
    shown.set(valueIn(terms, source.witness, by.exchange), by);
  }
  return shown;
}

function termsOf({ first, name }: Target, { terms }: Checker): readonly Term[] | null {
  if (first === undefined) return terms.of(name);
  return terms.at(first.own.table, first.own.column, first.at);
}

/** Where the checker does not see that an exchange changes nothing else, the whole is one more witness. */
function shownByExchange(
  from: number,
  bundles: readonly [readonly number[], readonly number[]],
  showing: Showing,
): ShownBy | null {
  const { taken, checker, witnessOf } = showing;
  const source = taken[from];
  if (source === undefined) return null;
  const places = exchangeOf(source, bundles, showing);
  if (places !== null) return { witness: from, exchange: places };
  const solution = Float64Array.from(source.solution);
  exchange(solution, ...bundles);
  const witness = witnessOf(solution);
  if (!checker.accepts(witness)) return null;
  return { witness: taken.push({ solution, witness }) - 1 };
}

/** Those of a class are looked for when they are asked for. */
class Donors {
  readonly #taken: readonly Taken[];
  readonly #members = new Map<string, number[]>();
  readonly #found = new Map<string, ReadonlyMap<number, Donor>>();

  constructor(
    targets: readonly Target[],
    taken: readonly Taken[],
    keyOf: (variable: number) => string | undefined,
  ) {
    this.#taken = [...taken];
    for (const { variable } of targets) {
      const key = keyOf(variable);
      if (key === undefined) continue;
      const own = this.#members.get(key);
      if (own === undefined) this.#members.set(key, [variable]);
      else own.push(variable);
    }
  }

  of(key: string): ReadonlyMap<number, Donor> {
    const found = this.#found.get(key);
    if (found !== undefined) return found;
    const donors = new Map<number, Donor>();
    for (const variable of this.#members.get(key) ?? []) {
      for (const [from, { solution }] of this.#taken.entries()) {
        const value = solution[variable] ?? 0;
        if (!donors.has(value)) donors.set(value, { from, variable });
      }
    }
    this.#found.set(key, donors);
    return donors;
  }
}

/** Null where the checker does not take it. */
function exchangeOf(
  { witness }: Taken,
  [own, other]: readonly [readonly number[], readonly number[]],
  { checker, placing }: Showing,
): Exchange | null {
  const [places, others] = [own.map(placing.layoutOf), other.map(placing.layoutOf)];
  const [first, second] = [places[0]?.at, others[0]?.at];
  const layouts = places.map((place) => place?.layout ?? -1);
  const isSame =
    first !== undefined &&
    second !== undefined &&
    places.every((place, at) => place?.at === first && place.layout === others[at]?.layout) &&
    others.every((place) => place?.at === second);
  if (!isSame) return null;
  const made: Exchange = { layouts, places: [first, second] };
  return checker.acceptsExchange(witness, made) ? made : null;
}

function possibleOf(variable: number, { bounds }: Solver, found: Found): Possible | undefined {
  const settled = found.settledOf(variable);
  if (settled !== undefined) return settled.possible.get(settled.classes.keyOf(variable));
  if (bounds.isOpen(variable) || !found.isSearched) return undefined;
  const value = bounds.lo[variable] ?? 0;
  return { min: value, max: value, values: [value], isDecided: true };
}

const knownSafe = new WeakMap<Possible, FoundSafe>();

/** One for all cells of a class whose witnesses are of one kind. */
function safeBy(possible: Possible, found: FoundSafe): FoundSafe {
  const known = knownSafe.get(possible);
  if (known?.proof === found.proof && known.witnesses === found.witnesses) return known;
  knownSafe.set(possible, found);
  return found;
}

function judged(
  target: Target,
  found: Found,
  given: { solver: Solver; witnesses: (target: Target) => Witnesses },
): AuditedCell {
  const { policy } = found;
  const possible = possibleOf(target.variable, given.solver, found);
  if (possible === undefined) return undecided(target, given.solver);
  const { min, max, values } = possible;
  const isWide = values.length >= policy.minValues;
  if (!possible.isDecided && !isWide) return undecided(target, given.solver);
  const hasHoles = values.length <= max - min;
  const listed = max - min <= LISTED_WIDTH && hasHoles && possible.isDecided ? { values } : {};
  if (!isWide) {
    const unsafe = values.some((value) => value >= 1 && value <= policy.small);
    const shown = { ...target.name, figures: target.figures, min, max: shownMax(max), ...listed };
    return { ...shown, verdict: values.length === 1 ? "exact" : "narrow", unsafe };
  }
  const { count, proof } = given.witnesses(target);
  if (count < policy.minValues) return undecided(target, given.solver);
  const all = { min, max: shownMax(max), witnesses: policy.minValues, proof, ...listed };
  const safe = safeBy(possible, all);
  if (target instanceof PrintedTarget) return new SafeCell(target, safe);
  const { name } = target;
  return { ...name, figures: target.figures, ...safe, verdict: "safe", unsafe: false };
}
