/** The command `completion`: scripts by which shells complete commands and options. */
import { commandNames, commandSpec, everyCommand, flagOf } from "../options/command-table.ts";
import type { Shell } from "../options/study-commands.ts";

export function completionScript(shell: Shell): readonly string[] {
  const commands = commandNames.map((name) => {
    const { about, options } = commandSpec(name);
    const shown = Object.entries({ ...options, ...everyCommand })
      .filter(([, { isHidden }]) => isHidden !== true)
      .map(([key, option]) => ({ long: flagOf(key), about: option.about }));
    return { name, about, options: shown };
  });
  return shell === "fish" ? fishLines(commands) : bashLines(shell, commands);
}

interface Completed {
  readonly name: string;
  readonly about: string;
  readonly options: readonly { readonly long: string; readonly about: string }[];
}

/** zsh reads the same by its own translation. */
function bashLines(shell: "bash" | "zsh", commands: readonly Completed[]): readonly string[] {
  return [
    ...(shell === "zsh" ? ["autoload -U +X bashcompinit && bashcompinit"] : []),
    "_cohortline() {",
    '  local word="${COMP_WORDS[COMP_CWORD]}" words',
    '  case "$COMP_CWORD ${COMP_WORDS[1]}" in',
    `    "1 "*) words="${commands.map(({ name }) => name).join(" ")}" ;;`,
    ...commands.map(
      ({ name, options }) =>
        `    *" ${name}") words="${options.map(({ long }) => long).join(" ")}" ;;`,
    ),
    "  esac",
    '  if [[ $COMP_CWORD -gt 1 && $word != -* ]]; then COMPREPLY=($(compgen -f -- "$word"));',
    '  else COMPREPLY=($(compgen -W "$words" -- "$word")); fi',
    "}",
    "complete -o filenames -F _cohortline cohortline",
  ];
}

function fishLines(commands: readonly Completed[]): readonly string[] {
  return commands.flatMap(({ name, about, options }) => [
    `complete -c cohortline -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
    ...options.map(
      (option) =>
        `complete -c cohortline -n '__fish_seen_subcommand_from ${name}' -l ${option.long.slice(2)} -d ${quoted(option.about)}`,
    ),
  ]);
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
