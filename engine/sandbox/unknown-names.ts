/** Names that authors use as in Node or a browser, where a study has none of them, and the way out. */
import { quotedList } from "../base/wording.ts";
import { nearestNames } from "../base/nearest.ts";

const PARAMETER = "Give the value as a parameter: --param name=value, then params.name.";
const READ =
  'Read codelists with codelistFromCsv; import other data, import data from "./data.json".';
const IMPORT = 'Import it at the top of the file: import { … } from "./helper.ts".';
const EXPORT = "Write export default study({ … }) and export const measures = [ … ].";
const NO_WAITING = "A study is read from top to bottom, once, and cannot wait.";

const wayOuts: Readonly<Record<string, string>> = {
  process: PARAMETER,
  Deno: PARAMETER,
  Bun: PARAMETER,
  window: PARAMETER,
  document: PARAMETER,
  localStorage: PARAMETER,
  __dirname: 'Paths begin at the workspace\'s folder: "codelists/asthma.csv".',
  __filename: 'Paths begin at the workspace\'s folder: "codelists/asthma.csv".',
  fetch: `A study has no network. ${READ}`,
  XMLHttpRequest: `A study has no network. ${READ}`,
  WebSocket: `A study has no network. ${READ}`,
  fs: READ,
  readFileSync: READ,
  Buffer: READ,
  require: IMPORT,
  importScripts: IMPORT,
  module: EXPORT,
  exports: EXPORT,
  setTimeout: NO_WAITING,
  setInterval: NO_WAITING,
  setImmediate: NO_WAITING,
  queueMicrotask: NO_WAITING,
  crypto: PARAMETER,
  performance: PARAMETER,
};

/** What a study imports from "cohortline". */
const ours: readonly string[] = [
  ...["study", "patients", "measure", "fromFile", "codelist", "codelistFromCsv", "lookedUp"],
  ...[
    "combineCodelists",
    "filterCodesByCategory",
    "param",
    "params",
    "writeOutput",
    "studyFromJson",
  ],
];

/** The way out for a name that is not defined in a study. */
export function wayOutOf(name: string): string {
  if (ours.includes(name)) return `Import it: import { ${name} } from "cohortline".`;
  const known = Object.hasOwn(wayOuts, name) ? wayOuts[name] : undefined;
  if (known !== undefined) return known;
  const nearest = nearestNames(name, ours);
  return nearest.length === 0
    ? "Define it or import it above this line."
    : `Did you mean ${quotedList(nearest)} of "cohortline"?`;
}
