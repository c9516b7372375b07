/** How an option or an argument of a command is declared: what may be given, and what it is read as. */
import { InvalidArgumentError } from "commander";
import { nearestNames } from "../base/nearest.ts";
import { fail } from "./problems.ts";

/** `Value` is what the request holds. */
export interface OptionSpec<Value> {
  readonly about: string;
  /** What stands behind the option; null for one that is there or not. `flag` is `--output-dir`. */
  readonly value: {
    readonly name: string;
    readonly read: (text: string, flag: string) => Value;
  } | null;
  /** What the request holds where the option is not given; of a required one nothing. */
  readonly absent: Value | undefined;
  /** What is then used, as help and the reference show it. */
  readonly shownDefault?: string;
  /** One letter. */
  readonly short?: string;
  readonly isRequired?: true;
  /** Its value is a list, and one given again adds to it. */
  readonly isRepeatable?: true;
  /** Accepted from old projects, and not offered. */
  readonly isHidden?: true;
}

export function flag(about: string, short?: string): OptionSpec<boolean> {
  return { about, value: null, absent: false, ...shortOf(short) };
}

/** `shownDefault`: what the command uses where nothing is given, if that is a fixed text. */
export function text(
  name: string,
  about: string,
  shownDefault?: string,
): OptionSpec<string | undefined> {
  const shown = shownDefault === undefined ? {} : { shownDefault };
  return { about, value: { name, read: (given) => given }, absent: undefined, ...shown };
}

export function textOr(
  name: string,
  about: string,
  absent: string,
  short?: string,
): OptionSpec<string> {
  const value = { name, read: (given: string) => given };
  return { about, value, absent, shownDefault: absent, ...shortOf(short) };
}

/** Every one that is given, in their order. */
export function texts(name: string, about: string): OptionSpec<readonly string[]> {
  const value = { name, read: (given: string) => [given] };
  return { about: `${about}; repeatable`, value, absent: [], isRepeatable: true };
}

/** 1 to 1,000,000,000. */
export function count(name: string, about: string): OptionSpec<number | undefined> {
  return { about, value: { name, read: countFrom(1) }, absent: undefined };
}

export function countOr(
  name: string,
  about: string,
  absent: number,
  short?: string,
): OptionSpec<number> {
  const value = { name, read: countFrom(1) };
  return { about, value, absent, shownDefault: String(absent), ...shortOf(short) };
}

/** From 0. */
export function countFromZeroOr(name: string, about: string, absent: number): OptionSpec<number> {
  return { about, value: { name, read: countFrom(0) }, absent, shownDefault: String(absent) };
}

/** 0 to 65,535. */
export function portOr(name: string, about: string, absent: number): OptionSpec<number> {
  return { about, value: { name, read: portNumber }, absent, shownDefault: String(absent) };
}

function shortOf(short: string | undefined): { readonly short?: string } {
  return short === undefined ? {} : { short };
}

/** Problem: usage, with the nearest of the choices. */
export function oneOf<Choice extends string>(
  name: string,
  about: string,
  choices: readonly Choice[],
  absent: NoInfer<Choice>,
): OptionSpec<Choice> {
  const read = (given: string, what: string): Choice => knownChoice(what, given, choices);
  return { about, value: { name, read }, absent, shownDefault: absent };
}

/** For a command that must know whether it was given. */
export function notGiven<Value>(spec: OptionSpec<Value>): OptionSpec<Value | undefined> {
  const unset: OptionSpec<Value | undefined> = spec;
  return { ...unset, absent: undefined };
}

export function required<Value>(spec: OptionSpec<Value | undefined>): OptionSpec<Value> {
  return { ...(spec as OptionSpec<Value>), isRequired: true };
}

export function hidden<Value>(spec: OptionSpec<Value>): OptionSpec<Value> {
  return { ...spec, isHidden: true };
}

/** What stands beside the options. */
export interface ArgumentSpec<Value> {
  /** `[run]`, `<shell>` or `[actions...]`. */
  readonly written: string;
  readonly about: string;
  readonly read: (given: readonly string[]) => Value;
}

export function knownChoice<Choice extends string>(
  what: string,
  given: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((known) => known === given);
  if (choice !== undefined) return choice;
  const [nearest] = nearestNames(given, choices);
  return fail("usage", {
    sentence: `${what} '${given}' is not known`,
    wayOut: `${nearest === undefined ? "" : `Nearest: ${nearest}. `}Known: ${choices.join(", ")}.`,
  });
}

function countFrom(least: 0 | 1): (given: string) => number {
  return (given) => {
    const count = /^[0-9]+$/.test(given) ? Number(given) : NaN;
    if (count >= least && count <= 1e9) return count;
    const digits = given.replace(/[,_ ']/g, "");
    const meant = digits !== given && /^[1-9][0-9]{0,8}$/.test(digits) ? ` Write ${digits}.` : "";
    const from = least === 0 ? "from 0" : "above 0";
    throw new InvalidArgumentError(`It must be a whole number ${from}, in digits only.${meant}`);
  };
}

function portNumber(given: string): number {
  if (/^[0-9]{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}
