/** Which of the two concepts of a row, that of its code as recorded or the standard one, decides whether it is in a codelist. */
export const codeMatches = ["source-then-standard", "source", "standard", "source_value"] as const;

export type CodeMatch = (typeof codeMatches)[number];

/** Those that ask of the standard concept too. */
export const standardMatches: readonly CodeMatch[] = ["source-then-standard", "standard"];
