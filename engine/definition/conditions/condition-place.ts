/** Shows where in a condition something is wrong. */

export interface ConditionPlace {
  /** `line 2, column 5`, both from 1. */
  readonly where: string;
  /** The line, and a caret under the character. */
  readonly picture: readonly string[];
}

/** Characters of a long line that are shown on either side of the caret. */
const AROUND = 40;

/** `offset` counts UTF-16 units from 0; columns are counted in characters. */
export function conditionPlace(text: string, offset: number): ConditionPlace {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const line = before.at(-1) ?? "";
  const characters = Array.from(line);
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? "";
  const left = shown(characters, "start");
  const right = shown(Array.from(rest), "end");
  return {
    where: `line ${before.length}, column ${characters.length + 1}`,
    picture: [`  ${left}${right}`.trimEnd(), `  ${" ".repeat(left.length)}^`],
  };
}

/** A tab becomes a space, so that the caret stands under its character. */
function shown(characters: readonly string[], cut: "start" | "end"): string {
  const whole = characters.length <= AROUND;
  const kept =
    cut === "start" ? characters.slice(whole ? 0 : -AROUND) : characters.slice(0, AROUND);
  const text = kept.join("").replaceAll("\t", " ");
  if (whole) return text;
  return cut === "start" ? `…${text}` : `${text}…`;
}
