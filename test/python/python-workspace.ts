/** Studies in Python for tests, checked by the real command, many in one. */
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Ended, Files } from "../commands/workspace.ts";

/** Each text is a study of its own, `analysis/study_definition_NAME.py`. */
export function pythonStudies(studies: Readonly<Record<string, string>>): Files {
  const files = Object.entries(studies).map(([name, text]) => [
    `analysis/study_definition_${name}.py`,
    text,
  ]);
  return Object.fromEntries(files) as Files;
}

export function checkedPython(
  studies: Readonly<Record<string, string>>,
  { files = {}, words = [] }: { readonly files?: Files; readonly words?: readonly string[] } = {},
): Promise<Ended> {
  return inWorkspace({ ...files, ...pythonStudies(studies) }, (folder) =>
    cohortline(folder, ["check", ...words]),
  );
}

/** What was said of one study: the lines that name its file, and the way out below each. */
export function saidOf({ err }: Ended, name: string): readonly string[] {
  const lines = err.split("\n");
  return lines.flatMap((line, i) => {
    if (!line.includes(`study_definition_${name}.py:`)) return [];
    const next = lines[i + 1] ?? "";
    return next.startsWith("  ") ? [`${line}\n${next}`] : [line];
  });
}

/** What every study needs, to be put at the end of a text. */
export const minimalStudy = `
from cohortextractor import StudyDefinition as _Study, patients as _patients
study = _Study(
    index_date="2020-01-01",
    population=_patients.all(),
    sex=_patients.sex(
        return_expectations={"rate": "universal", "category": {"ratios": {"F": 0.5, "M": 0.5}}}
    ),
)
`;
