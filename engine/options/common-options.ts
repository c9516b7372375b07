/** Options that several commands of studies have. */
import { flag, text, textOr } from "./option.ts";
import type { OptionSpec } from "./option.ts";

/** Patients' files are for the person alone unless this is given. */
export const shared = flag(
  "let others read the files, as far as the umask allows (default: only you)",
);

/** Read before all others, since a value may be several words. */
export const param: OptionSpec<Readonly<Record<string, string>>> = {
  about: "a value for params in the study definition; repeatable",
  value: { name: "name=value...", read: () => ({}) },
  absent: {},
};

export const ofStudies = {
  studyDefinition: textOr("name", 'a study of analysis/, or "all"', "all"),
  param,
};

export const indexDateRange = text("range", "as for generate_cohort");

export const databaseUrl = text("url", "run against this database (or set DATABASE_URL)");
