/** Names that a study in TypeScript cannot give to its own variables, or would hide. */

const words = `break case catch class const continue debugger default delete do else enum export extends false
finally for function if import in instanceof new null return super switch this throw true try typeof var void
while with implements interface let package private protected public static yield await async of eval arguments
undefined NaN Infinity Object Array String Number Math JSON Map Set console globalThis`;

const ours = `codelist codelistFromCsv combineCodelists filterCodesByCategory fromFile lookedUp measure param params patients
study studyFromJson writeOutput`;

export const reservedNames: ReadonlySet<string> = new Set(`${words} ${ours}`.split(/\s+/));
