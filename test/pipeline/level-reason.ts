/** Patients, lists of them, and why a file of some content would be withheld. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { enclose } from "../../engine/files/enclosure.ts";
import { checkLevels } from "../../engine/release/check-output.ts";

const folder = mkdtempSync(join(tmpdir(), "cohortline-levels-"));
after(() => {
  rmSync(folder, { recursive: true });
});

export interface Patient {
  readonly id: number;
  readonly sex: string;
  readonly age: number;
}

/** 1 in `sparse` numbers is a patient's; the same patients every time. */
export function patientsOf(count: number, sparse: number, seed = 1): readonly Patient[] {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const ids = new Set<number>();
  while (ids.size < count) ids.add(sparse === 1 ? ids.size + 1 : next(count * sparse));
  return [...ids].map((id) => ({ id, sex: next(2) === 0 ? "F" : "M", age: next(90) }));
}

export const scattered = patientsOf(200, 10);
export const dense = patientsOf(200, 1);

function cohortText(patients: readonly Patient[]): string {
  const rows = patients.map(({ id, sex, age }) => `${id},${sex},${age}`);
  return ["patient_id,sex,age", ...rows, ""].join("\n");
}

export async function reason(
  path: string,
  content: string | Buffer,
  patients: readonly Patient[] = scattered,
): Promise<string | null> {
  const [file, cohort] = [join(folder, "out"), join(folder, "cohort.csv")];
  writeFileSync(file, content);
  writeFileSync(cohort, cohortText(patients));
  const known = { patientLevel: false, exactNumbers: false, drawnFrom: [], madeByEngine: false };
  const { outputs } = await checkLevels(
    [{ file, within: enclose(folder), path, ...known }],
    [cohort],
  );
  return outputs[0]?.withheld ?? null;
}

export const ids = (count: number, patients = scattered): readonly string[] =>
  patients.slice(0, count).map(({ id }) => String(id));
export const numbered = (cells: readonly string[]): string =>
  ["key,n", ...cells.map((cell) => `${cell},1`), ""].join("\n");
export const line = (cells: readonly string[], separator: string): string => cells.join(separator);

/** Numbers that are no patient's. */
export function strangers(count: number, patients = scattered): readonly string[] {
  const known = new Set(patients.map(({ id }) => id));
  const found: string[] = [];
  for (let i = 0; found.length < count; i++) if (!known.has(i)) found.push(String(i));
  return found;
}
