/** Stands near the start of each page and picture that the engine draws, so that it is not taken for code. */
export const MADE_BY_ENGINE = "made by cohortline";
