/** Whether cohort files belong together, and to the study that measures them. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { CohortInput, MadeFile } from "./cohort-inputs.ts";
import type { CohortOrigin, DefinitionFacts } from "../manifest/cohort-origin.ts";
import { canonicalJson } from "../manifest/fingerprint.ts";

export interface Findings {
  /** Never measured. */
  readonly refused: readonly Problem[];
  /** Measured, unless asked to be strict. */
  readonly warnings: readonly Problem[];
}

interface KnownFile {
  readonly fileName: string;
  readonly origin: CohortOrigin;
}

/** What the records of the files say; `present` is the study as it is now. */
export function originFindings(
  study: string,
  files: readonly MadeFile[],
  present: DefinitionFacts,
): Findings {
  const known = files.flatMap(({ fileName, maker }): readonly KnownFile[] =>
    maker.kind === "engine" && maker.origin !== null ? [{ fileName, origin: maker.origin }] : [],
  );
  const refused = mixedData(study, known);
  // What is refused for its data need not be reported again for it.
  const compared = Object.entries(aspects).filter(
    ([aspect]) => refused.length === 0 || aspect !== "data",
  );
  return {
    refused,
    warnings: [
      ...unknownMakers(study, files),
      ...otherDefinitions(study, known, present),
      ...compared.flatMap(([aspect, of]) => differing(study, aspect, known, of)),
    ],
  };
}

function mixedData(study: string, known: readonly KnownFile[]): readonly Problem[] {
  const real = known.filter(({ origin }) => origin.data === "database");
  const dummy = known.filter(({ origin }) => origin.data !== "database");
  if (real.length === 0 || dummy.length === 0) return [];
  return [problem("cohort-data-mixed", { study, dummy: namesOf(dummy), real: namesOf(real) })];
}

function unknownMakers(study: string, files: readonly MadeFile[]): readonly Problem[] {
  const foreign = files.filter(({ maker }) => maker.kind === "unknown");
  const old = files.filter(({ maker }) => maker.kind === "engine" && maker.origin === null);
  return [
    ...(foreign.length === 0
      ? []
      : [problem("cohort-files-foreign", { study, files: namesOf(foreign) })]),
    ...(old.length === 0 ? [] : [problem("cohort-origin-unknown", { study, files: namesOf(old) })]),
  ];
}

/** Whether some file is known to have been made by a study that asked otherwise: what this one says of columns need not hold. */
export function areOfOthers(files: readonly MadeFile[], present: DefinitionFacts): boolean {
  return files.some(
    ({ maker }) =>
      maker.kind === "engine" &&
      maker.origin !== null &&
      (maker.origin.definition !== present.definition ||
        maker.origin.codelists !== present.codelists),
  );
}

/** By the first that explains the difference: parameters change the definition, and this the codelists. */
function otherDefinitions(
  study: string,
  known: readonly KnownFile[],
  present: DefinitionFacts,
): readonly Problem[] {
  const isOther = (key: keyof DefinitionFacts) => (file: KnownFile) =>
    canonicalJson(file.origin[key]) !== canonicalJson(present[key]);
  const others = known.filter((file) => isOther("definition")(file) || isOther("codelists")(file));
  const byParameters = others.filter(isOther("parameters"));
  const rest = others.filter((file) => !byParameters.includes(file));
  const groups = {
    parameters: byParameters,
    definition: rest.filter(isOther("definition")),
    codelists: rest.filter((file) => !isOther("definition")(file)),
  } as const;
  return (["parameters", "definition", "codelists"] as const).flatMap((what) =>
    groups[what].length === 0
      ? []
      : [problem("cohort-made-otherwise", { study, what, files: namesOf(groups[what]) })],
  );
}

/** What the files should have in common, in words that people can compare. */
const aspects: Readonly<Record<string, (origin: CohortOrigin) => string>> = {
  data: ({ data, data_version: version }) => (data === "dummy" ? version : `${data} ${version}`),
  "values from files": ({ files }) => canonicalJson(files),
  'meanings of "today"': ({ today }) => today ?? "",
  "versions of cohortline": ({ engine }) => engine,
};

function differing(
  study: string,
  aspect: string,
  known: readonly KnownFile[],
  valueOf: (origin: CohortOrigin) => string,
): readonly Problem[] {
  const groups = new Map<string, string[]>();
  for (const { fileName, origin } of known) {
    const value = valueOf(origin);
    groups.set(value, [...(groups.get(value) ?? []), fileName]);
  }
  if (groups.size < 2) return [];
  const told = [...groups].map(([value, files]) => ({ value: shortened(value), files }));
  return [problem("cohort-files-differ", { study, aspect, groups: told })];
}

/** Twelve digits of a checksum tell it from others. */
function shortened(value: string): string {
  return value.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, "$1…");
}

/**
 * Files whose bytes are not those that their maker recorded. In a pipeline that is always refused: what
 * one action made is what the next one reads.
 */
export function alteredFindings(
  study: string,
  files: readonly MadeFile[],
  { inputs, inPipeline }: { readonly inputs: readonly CohortInput[]; readonly inPipeline: boolean },
): Findings {
  const bytes = new Map(inputs.map(({ fileName, sha256 }) => [fileName, sha256]));
  const altered = files.filter(({ fileName, maker }) => {
    const now = bytes.get(fileName) ?? null;
    return maker.kind !== "unknown" && now !== null && now !== maker.sha256;
  });
  if (altered.length === 0) return { refused: [], warnings: [] };
  const found = [problem("cohort-files-altered", { study, files: namesOf(altered) })];
  return inPipeline ? { refused: found, warnings: [] } : { refused: [], warnings: found };
}

function namesOf(files: readonly { readonly fileName: string }[]): readonly string[] {
  return files.map(({ fileName }) => fileName);
}
