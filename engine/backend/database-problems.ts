/** Problems of database URLs, connections and what databases hold. A URL is never told: it may hold a password. */
import { kind } from "../base/problem-kind.ts";
import { nearestHint, quotedList } from "../base/wording.ts";

const connectionProblems = {
  "unknown-database-kind": kind<{
    readonly kind: string;
    readonly known: readonly string[];
    /** What URLs of these look like. */
    readonly urls: readonly string[];
    /** A file or folder of that name, where no kind is said. */
    readonly file: string | null;
  }>(
    2,
    ({ kind: scheme }) =>
      scheme === ""
        ? "The database URL does not begin with the kind of database"
        : `No backend for databases of kind ${JSON.stringify(scheme)}`,
    ({ known, urls, file }) =>
      file === null
        ? `Databases of kind ${quotedList(known)} can be used: ${urls.join(" or ")}.`
        : `Write duckdb:${file}`,
  ),
  "database-option": kind<{
    readonly option: string;
    readonly nearest: readonly string[];
    readonly known: readonly string[];
    /** Other databases take it, for records in OMOP. */
    readonly isOfOmop: boolean;
  }>(
    1,
    ({ option }) => `The database URL has an option ${JSON.stringify(option)} that is not known`,
    ({ nearest, known, isOfOmop }) =>
      isOfOmop
        ? "Records in OMOP are read in PostgreSQL and in DuckDB, folders of Parquet files among them, not in this database."
        : nearestHint(nearest) || `Known: ${quotedList(known)}.`,
  ),
  "database-option-value": kind<{
    readonly option: string;
    readonly wanted: string;
    /** Of a URL, without options. */
    readonly url: string;
  }>(
    1,
    ({ option, wanted }) =>
      `The option ${JSON.stringify(option)} of the database URL must be ${wanted}`,
    ({ option, url }) => `For example ${url}?${option}=…`,
  ),
  "database-option-repeated": kind<{ readonly option: string }>(
    1,
    ({ option }) =>
      `The option ${JSON.stringify(option)} of the database URL must not be supplied more than once`,
    () => "Keep one.",
  ),
  "database-option-layout": kind<{ readonly option: string; readonly layout: string }>(
    1,
    ({ option, layout }) =>
      `The option ${JSON.stringify(option)} of the database URL is for an OMOP database, not for tables of ${JSON.stringify(layout)}`,
    () => "Take it away, or say layout=omop.",
  ),
  "database-column-declared": kind<{
    readonly name: string;
    /** Null where the name itself is none. */
    readonly column: string | null;
    readonly known: readonly string[];
    readonly nearest: readonly string[];
  }>(
    1,
    ({ name, column }) =>
      column === null
        ? `The option "columns" of the database URL declares ${JSON.stringify(name)}, which is nothing that can be declared`
        : `The option "columns" of the database URL declares ${JSON.stringify(column)} for ${JSON.stringify(name)}, which cannot be read there`,
    ({ known, nearest }) => nearestHint(nearest) || `Known: ${quotedList(known)}.`,
  ),
  "database-provider": kind<{
    readonly said: string | null;
    readonly found: readonly string[];
    readonly known: readonly string[];
  }>(
    1,
    ({ said, found }) => {
      if (found.length === 0) return "The database URL names a place without tables of records";
      return said === null
        ? `The database holds tables of ${quotedList(found)}`
        : `The database holds no table of ${JSON.stringify(said)}, but tables of ${quotedList(found)}`;
    },
    ({ found, known }) =>
      `Check what the URL names, or say whose tables to read: provider=${(found.length > 0 ? found : known).join(" or provider=")}.`,
  ),
  "mapping-and-provider": kind<{ readonly provider: string }>(
    1,
    ({ provider }) =>
      `The database URL says provider=${provider} and names a mapping file: only one can tell the layout`,
    () => "Remove one of them; a mapping file says what it is based on.",
  ),
  "mapping-not-named": kind<object>(
    1,
    () =>
      "The study has a records.yaml, and the database has tables of TPP, which tell who opted out: a file that comes with a study is not believed there",
    () =>
      "If it is yours, name it in the database URL: ?records=records.yaml. Otherwise say provider=tpp.",
  ),
  "mapping-lets-in": kind<{ readonly table: string }>(
    1,
    ({ table }) =>
      `The mapping file does not say who opted out, which the table ${table} of the database tells: everybody would be in`,
    ({ table }) =>
      `Add patients_not_opted_out: {from: ${table}, fields: {patient_id: Patient_ID}}, or say opensafely_include_t1oo=true in the database URL if you may read them.`,
  ),
  "mapping-refuses": kind<{
    readonly study: string;
    readonly asked: readonly {
      readonly column: string;
      readonly function: string;
      readonly reason: string;
    }[];
  }>(
    1,
    ({ study, asked }) => {
      const shown = asked.map(
        (each) => `${JSON.stringify(each.column)} (${each.function}: ${each.reason})`,
      );
      return `The mapping file turns off what ${asked.length === 1 ? "a column" : "columns"} of the study ${JSON.stringify(study)} ${asked.length === 1 ? "asks" : "ask"} for: ${shown.join(", ")}`;
    },
    () => "Take them out of the study for these records.",
  ),
  "database-lacks": kind<{
    readonly study: string;
    /** "an EMIS database" */
    readonly provider: string;
    readonly asked: readonly {
      readonly column: string;
      readonly function: string;
      readonly returning: string | null;
    }[];
    /** How to declare what is not there. */
    readonly waysOut: readonly string[];
  }>(
    1,
    ({ study, provider, asked }) => {
      const shown = asked.map(({ column, function: of, returning }) => {
        return `${JSON.stringify(column)} (${returning === null ? of : `${of} returning ${returning}`})`;
      });
      return `${provider[0]?.toUpperCase() ?? ""}${provider.slice(1)} does not hold what ${asked.length === 1 ? "a column" : "columns"} of the study ${JSON.stringify(study)} ${asked.length === 1 ? "asks" : "ask"} for: ${shown.join(", ")}`;
    },
    ({ waysOut }) =>
      [
        ...waysOut,
        "Take them out of the study for this database: engine/backend/README.md lists what it can answer.",
      ].join(" "),
  ),
  "practice-not-a-number": kind<{
    readonly study: string;
    readonly column: string;
    /** "an EMIS database" */
    readonly provider: string;
    /** Where it is taken for a number. */
    readonly what: string;
  }>(
    1,
    ({ study, column, provider, what }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} takes what tells practices apart for a number, which is a text in ${provider}. ${what}`,
    () =>
      "Its name alone asks whether there is a practice, and = whether it is a certain one; texts are not put in order, or reckoned with.",
  ),
  "builds-unknown": kind<{ readonly provider: string }>(
    1,
    ({ provider }) =>
      `${provider[0]?.toUpperCase() ?? ""}${provider.slice(1)} does not tell whether it is being rebuilt`,
    () =>
      "Only a database that records its builds, as those of TPP do, can be asked for maintenance.",
  ),
  "opt-out-unknown": kind<{ readonly provider: string }>(
    1,
    ({ provider }) =>
      `The option "opensafely_include_t1oo" of the database URL has no meaning: ${provider} does not tell who opted out`,
    () => "Everybody is in. Take the option away.",
  ),
  "mapping-unread": kind<{
    readonly file: string;
    /** "a SQL Server is read without one" */
    readonly why: string;
    readonly wayOut: string;
  }>(
    1,
    ({ file, why }) => `The mapping file "${file}" beside the study says nothing here: ${why}`,
    ({ wayOut }) => wayOut,
  ),
  "database-changed": kind<object>(
    1,
    () => "The database changed while it was read",
    () =>
      "Finished cohort files are kept; run the command again to make all of them from the same data.",
  ),
} as const;

const contentProblems = {
  "patients-without-id": kind<{
    readonly count: number;
    readonly table: string;
    readonly column: string;
  }>(
    1,
    ({ count, table, column }) =>
      `${count} ${count === 1 ? "row" : "rows"} of the table ${JSON.stringify(table)} ${count === 1 ? "has" : "have"} no ${column}`,
    () => "Nobody can tell whose they are: give each an id, or take them away.",
  ),
  "patient-ids-collide": kind<{
    readonly count: number;
    readonly table: string;
    readonly column: string;
  }>(
    1,
    ({ count, table, column }) =>
      `Different ids in the column ${JSON.stringify(column)} of the table ${JSON.stringify(table)} begin with the same 63 bits, so that they would become one patient: ${count} ${count === 1 ? "time" : "times"}`,
    () => "No cohort can be made of these records: give one of them another id.",
  ),
  "database-value": kind<{ readonly columns: readonly string[]; readonly error: string }>(
    5,
    ({ error }) => `The database could not compute a value: ${error}`,
    ({ columns }) =>
      columns.length === 0
        ? "Values are not shown, because they may be of patients."
        : `It was computing ${quotedList(columns)}. Values are not shown, because they may be of patients.`,
  ),
  "database-error": kind<{ readonly error: string; readonly columns: readonly string[] }>(
    5,
    ({ error }) => `The database refused: ${error}`,
    ({ columns }) => (columns.length === 0 ? "" : `It was computing ${quotedList(columns)}.`),
  ),
  "record-text": kind<{
    readonly table: string;
    readonly column: string;
    readonly rows: number;
    readonly wanted: string;
  }>(
    1,
    ({ table, column, rows, wanted }) =>
      `The column ${JSON.stringify(column)} of the table ${JSON.stringify(table)} must hold ${wanted}; ${rows} ${rows === 1 ? "row does" : "rows do"} not`,
    () => "It is a column of texts that stand for them. Leave it empty where there is no value.",
  ),
  "cpns-dates-disagree": kind<{ readonly columns: readonly string[] }>(
    5,
    () =>
      "Some patient's rows of the table of Covid-19 patient notifications disagree on the date of death",
    ({ columns }) =>
      `${quotedList(columns)} cannot be told. Have the data corrected, or narrow the period.`,
  ),
  "sums-not-exact": kind<{ readonly columns: readonly string[] }>(
    1,
    ({ columns }) =>
      `The database cannot add up ${quotedList(columns)} for groups of patients exactly as cohort files are added up`,
    () => "Use generate_cohort, and then generate_measures.",
  ),
  "division-by-zero": kind<{ readonly column: string }>(
    1,
    ({ column }) => `Column ${JSON.stringify(column)} divides by zero for some patient`,
    () => "Put a condition before it that leaves zero out.",
  ),
} as const;

export const databaseProblems = { ...connectionProblems, ...contentProblems } as const;
