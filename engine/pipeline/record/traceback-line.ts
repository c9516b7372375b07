/** What of a program's last words can be told without telling anything of a patient. */

const PYTHON_PLACE = /^\s*File "[^"\n]{1,300}", line \d{1,7}(, in [\w<>.]{1,100})?$/;
const PYTHON_HEAD = /^Traceback \(most recent call last\):$/;
/** `KeyError: 'x'`, `pandas.errors.ParserError: …`: the name, never what follows it. */
const ERROR_NAME = /^((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Interrupt))\b/;
const R_PLACE = /^Error in ([\w.:]{1,100})\(/;

/** The line, or the part of it that names a place in code or a kind of error; null for all others. */
export function tracebackLine(line: string): string | null {
  if (PYTHON_HEAD.test(line) || PYTHON_PLACE.test(line)) return line;
  const [, error] = ERROR_NAME.exec(line) ?? [];
  if (error !== undefined) return error;
  const [, place] = R_PLACE.exec(line) ?? [];
  return place === undefined ? null : `Error in ${place}`;
}
