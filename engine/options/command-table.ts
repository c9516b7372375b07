/**
 * The one table of commands, their options and arguments. From it come the command line, shell completion,
 * the reference of commands, what `run:` in a project.yaml may say, and the type of each request.
 */
import { flag } from "./option.ts";
import type { ArgumentSpec, OptionSpec } from "./option.ts";
import { pipelineCommands } from "./pipeline-commands.ts";
import { serveCommand } from "./serve-command.ts";
import { studyCommands } from "./study-commands.ts";

export interface CommandSpec {
  readonly about: string;
  /** At most one. */
  readonly arguments: Readonly<Record<string, ArgumentSpec<unknown>>>;
  /** By their names in a request: `outputDir` is `--output-dir`. */
  readonly options: Readonly<Record<string, OptionSpec<unknown>>>;
  readonly details?: string;
  /** Without the name of the program. */
  readonly examples: readonly string[];
  /** What to do then, behind all else. */
  readonly next?: string;
}

const commands = { ...studyCommands, ...pipelineCommands, ...serveCommand } satisfies Record<
  string,
  CommandSpec
>;

export type CommandName = keyof typeof commands;
export type PipelineCommandName = keyof typeof pipelineCommands;

export const commandNames = Object.keys(commands) as readonly CommandName[];

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

export function commandSpec(name: CommandName): CommandSpec {
  return commands[name];
}

/** Options of every command. */
export const everyCommand = {
  verbose: flag("log every file"),
  quiet: flag("print problems only"),
  json: flag("emit events as JSON Lines"),
} as const;

/** `--output-dir` for `outputDir`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

type ValueOf<Spec> =
  Spec extends OptionSpec<infer Value>
    ? Value
    : Spec extends ArgumentSpec<infer Value>
      ? Value
      : never;

type Values<Specs> = { readonly [Key in keyof Specs]: ValueOf<Specs[Key]> };

/** What a command is asked to do: every option has its value, given or default. */
export type RequestOf<Name extends CommandName> = Name extends CommandName
  ? { readonly command: Name } & Values<(typeof commands)[Name]["options"]> &
      Values<(typeof commands)[Name]["arguments"]> &
      Values<typeof everyCommand>
  : never;

export type Request = RequestOf<CommandName>;
export type PipelineRequest = Extract<Request, { readonly command: PipelineCommandName }>;
export type StudyRequest = Exclude<Request, PipelineRequest | RequestOf<"serve">>;

export function isPipelineRequest(request: Request): request is PipelineRequest {
  return Object.hasOwn(pipelineCommands, request.command);
}

/** A request as if nothing were given but these values. */
export function requestFor<Name extends CommandName>(
  command: Name,
  given: Partial<RequestOf<Name>> = {},
): RequestOf<Name> {
  const { options, arguments: args } = commandSpec(command);
  const specs = Object.entries({ ...everyCommand, ...options });
  const absent = Object.fromEntries(specs.map(([key, spec]) => [key, spec.absent]));
  const left = Object.entries(args).filter(([key]) => !Object.hasOwn(given, key));
  const none = Object.fromEntries(left.map(([key, spec]) => [key, spec.read([])]));
  // The table says of each key what it holds; that the key holds it is what `Values` says.
  return { ...absent, ...none, ...given, command } as RequestOf<Name>;
}
