/** What a file must be to be moderately sensitive. `README.md` in this folder gives the rules. */
import { statSync } from "node:fs";
import { readFileIn } from "../files/enclosed-file.ts";
import type { Enclosure } from "../files/enclosure.ts";
import { extensionOf, moderateTypes } from "./moderate-types.ts";
import { decodedText } from "./decoded-text.ts";
import { holdsNhsNumbers, isNhsNumber, textHoldsNhsNumbers } from "./nhs-number.ts";
import { namedPatients } from "./patient-id-names.ts";
import { numbersIn } from "./patient-key.ts";
import { isPicture } from "./picture-bytes.ts";
import { watchPatients } from "./patient-watch.ts";
import type { PatientSigns } from "./patient-watch.ts";
import { textColumns } from "./text-columns.ts";
import type { TextColumn } from "./text-column.ts";
import { isFormulaText } from "../base/formula-text.ts";
import { csvRows } from "../text/csv-rows.ts";

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_ROWS = 5_000;

export interface OutputToCheck {
  /** Where it lies, which must be within that folder, links followed. */
  readonly file: string;
  readonly within: Enclosure;
  /** Its declared path, for its type. */
  readonly path: string;
  /** The engine itself knows that each row is a patient. */
  readonly patientLevel: boolean;
  /** The engine itself knows that it shows how many patients there are, exactly and however few. */
  readonly exactNumbers: boolean;
  /** Files that it draws and that researchers must not see. */
  readonly drawnFrom: readonly string[];
  /** The engine itself made it, from cohorts or measures, and it is as it was made: its structure is known. */
  readonly madeByEngine: boolean;
}

interface CheckedOutput {
  /** Why researchers must not see it, as "it …"; null where they may. */
  readonly withheld: string | null;
  /** Cells that a spreadsheet would run. */
  readonly formulas: number;
}

interface LevelCheck {
  /** In the order of what was to be checked. */
  readonly outputs: readonly CheckedOutput[];
  /** Tables of patients that could not be read: nothing was compared with them. */
  readonly unread: readonly string[];
}

/** `patients` are tables of patients that the action could read; each is read once for all outputs. */
export async function checkLevels(
  outputs: readonly OutputToCheck[],
  patients: readonly string[],
): Promise<LevelCheck> {
  const looked = outputs.map(look);
  const open = looked.flatMap((each) => (each.kind === "compare" ? [each] : []));
  const signs = await watchPatients(
    open.flatMap(({ columns }) => columns),
    open.map(({ numbers }) => numbers),
    open.length === 0 ? [] : patients,
  );
  return {
    outputs: looked.map((each) => ({
      withheld: each.kind === "judged" ? each.withheld : comparedWith(each, signs),
      formulas: each.formulas,
    })),
    unread: signs.unread,
  };
}

interface Judged {
  readonly kind: "judged";
  readonly withheld: string | null;
  readonly formulas: number;
}

/** Nothing in the file itself is against it. */
interface ToCompare {
  readonly kind: "compare";
  readonly columns: readonly TextColumn[];
  readonly numbers: ReadonlySet<string>;
  readonly formulas: number;
}

function look(output: OutputToCheck): Judged | ToCompare {
  const { file, within, path, madeByEngine } = output;
  const outside = reasonFromOutside(output);
  const type = extensionOf(path);
  if (outside !== null) return { kind: "judged", withheld: outside, formulas: 0 };
  const bytes = readFileIn(within, file, MOST_BYTES);
  if (bytes === null) throw new Error("a file to be checked is gone");
  if (isPicture(type, bytes)) return { kind: "judged", withheld: null, formulas: 0 };
  const text = decodedText(bytes);
  if (text === null) {
    const withheld = `is not what ${type} says, or is not text: nobody can look into it`;
    return { kind: "judged", withheld, formulas: 0 };
  }
  const formulas = type === ".csv" ? formulaCells(text) : 0;
  const columns = textColumns(type, text);
  const withheld = reasonInside(type, text, columns);
  if (withheld !== null || madeByEngine) return { kind: "judged", withheld, formulas };
  return { kind: "compare", columns, numbers: numbersIn(text), formulas };
}

function reasonFromOutside(output: OutputToCheck): string | null {
  const { file, path, patientLevel, exactNumbers, drawnFrom } = output;
  const type = extensionOf(path);
  if (!moderateTypes.some((known) => known === type)) {
    return `is of a type that cannot be moderately_sensitive (${type === "" ? "none" : type})`;
  }
  const { size: bytes } = statSync(file);
  if (bytes > MOST_BYTES) return `has ${bytes} bytes; at most ${MOST_BYTES} are allowed`;
  if (exactNumbers) return "has exact numbers of patients; only rounded ones may be seen";
  if (drawnFrom.length > 0) return `shows what researchers must not see: ${drawnFrom.join(", ")}`;
  return patientLevel ? "has a row for each patient" : null;
}

function reasonInside(type: string, text: string, columns: readonly TextColumn[]): string | null {
  const rows = text.split(/\r\n|[\n\r]/).filter((line) => line !== "").length - 1;
  if (type === ".csv" && rows > MOST_ROWS) {
    return `has ${rows} rows; at most ${MOST_ROWS} are allowed`;
  }
  const named = namedPatients(type, text);
  if (named !== null) return named;
  const numbers = columns.find(holdsNhsNumbers);
  if (numbers !== undefined) return `holds NHS numbers${inColumn(numbers, isNhsNumber)}`;
  return textHoldsNhsNumbers(text) ? "holds NHS numbers" : null;
}

function comparedWith({ columns, numbers }: ToCompare, signs: PatientSigns): string | null {
  const ids = columns.find(signs.idsIn);
  if (ids !== undefined) return `holds patients' numbers${inColumn(ids, signs.isPatient)}`;
  const copied = columns.find(signs.copied);
  if (copied !== undefined) {
    return `has a row for each patient: a column is theirs${inColumn(copied, signs.isPatient)}`;
  }
  return signs.idsAnywhere(numbers) ? "holds patients' numbers" : null;
}

/** Where a table has no header its first row is a patient's: what may be a value is not shown. */
function inColumn({ name, values }: TextColumn, isPatient: (text: string) => boolean): string {
  const isShown = name !== null && /^[A-Za-z][\w .-]{0,60}$/.test(name);
  if (!isShown || isPatient(name) || values.includes(name)) return "";
  return ` in the column ${name}`;
}

/** How many cells of the table do. Whoever opens it should know; what they say is not told. */
function formulaCells(text: string): number {
  let found = 0;
  for (const { cells } of csvRows(text)) {
    for (const cell of cells()) if (isFormulaText(cell)) found += 1;
  }
  return found;
}
