/** The files of a first study. They lie beside this code as they will lie in the study, to be read and tested. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type StudyLanguage = "typescript" | "python";

export interface StarterFile {
  /** From the study's folder. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Source {
  readonly path: string;
  /** Its name here, where it has another: npm leaves out hidden files, and an editor would obey them. */
  readonly from?: string;
}

const shared: readonly Source[] = [
  { path: "codelists/asthma.csv" },
  { path: ".gitignore", from: "gitignore" },
  { path: ".vscode/settings.json", from: "editor.json" },
];

const ofLanguage: Readonly<Record<StudyLanguage, readonly Source[]>> = {
  typescript: [{ path: "analysis/study_definition.ts" }, { path: "tsconfig.json" }],
  python: [{ path: "analysis/study_definition.py" }],
};

/** In the order in which they are written: a folder with a project.yaml has all the others. */
export function starterFiles(language: StudyLanguage): readonly StarterFile[] {
  const folder = starterFolder();
  const sources = [...ofLanguage[language], ...shared, { path: "project.yaml" }];
  return sources.map(({ path, from = path }) => ({
    path,
    bytes: readFileSync(`${folder}${from}`),
  }));
}

/** Beside this code in the source tree; `dist` is built flat beside `engine`, in the package too. */
function starterFolder(here = import.meta.url): string {
  const place = here.endsWith(".ts") ? "./starter/" : "../engine/commands/init/starter/";
  return fileURLToPath(new URL(place, here));
}
