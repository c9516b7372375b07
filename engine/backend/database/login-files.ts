/** Who asks a server, from files and the environment, so that no command line shows it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export interface LoginFrom {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where paths of the URL begin. */
  readonly workspace: string;
}

export interface LoginFiles<Option extends string> {
  /** Those that the URL names. */
  readonly named: ReadonlyMap<Option, string>;
  /** The variable of the environment that may name each instead. */
  readonly variables: Readonly<Record<Option, string>>;
  /** Told of the option, or of the variable, whose file cannot be read. */
  readonly unreadable: (given: string) => never;
}

/** Null where neither the URL nor the environment names such a file. */
export function loginFile<Option extends string>(
  option: Option,
  { named, variables, unreadable }: LoginFiles<Option>,
  { environment, workspace }: LoginFrom,
): Buffer | null {
  const path = named.get(option) ?? environment[variables[option]] ?? "";
  if (path === "") return null;
  try {
    return readFileSync(resolve(workspace, path));
  } catch {
    return unreadable(named.has(option) ? option : variables[option]);
  }
}

/** A line break at the end of a file is none of the secret. */
export function loginSecret(
  variable: string,
  file: Buffer | null,
  { environment }: LoginFrom,
): string | null {
  if (file !== null) return file.toString("utf8").replace(/\r?\n$/, "");
  const value = environment[variable] ?? "";
  return value === "" ? null : value;
}
