/** What a command is given from outside, and what it reports while it works. */
import type { IsoDate } from "../base/dates.ts";
import type { MadeFiles } from "../base/path-pattern.ts";
import type { Problem } from "../base/problems.ts";
import type { CommandName } from "../options/command-table.ts";
import type { VocabularyFacts } from "./manifest/vocabulary-facts.ts";
import type { AuditVerdict } from "./releases/audit-verdict.ts";

export type RunEvent =
  | { readonly kind: "study"; readonly study: string; readonly indexDates: number }
  | {
      readonly kind: "written";
      readonly file: string;
      readonly rows: number;
      readonly bytes: number;
    }
  /** Already there, unchanged since it was made from the same things. */
  | { readonly kind: "kept"; readonly file: string }
  /** Small numbers are hidden in a column of a measure: in so many groups, and in `more` that would give them away. */
  | {
      readonly kind: "suppressed";
      readonly measure: string;
      readonly column: string;
      readonly date: string;
      readonly groups: number;
      readonly more: number;
    }
  /** How many codes of each codelist are recorded in the periods of a study. */
  | {
      readonly kind: "codelists";
      readonly study: string;
      readonly codelists: readonly CodelistTold[];
    }
  /** What the vocabularies of the records hold of each codelist of a study. */
  | ({ readonly kind: "vocabulary"; readonly study: string } & VocabularyFacts)
  /** The end of generate_cohort or generate_measures. */
  | ({ readonly kind: "done"; readonly command: CommandName } & RunSummary)
  /** Of interest to whoever wants to know everything. */
  | { readonly kind: "message"; readonly text: string }
  /** A line that a study printed with console.log. */
  | { readonly kind: "printed"; readonly study: string; readonly text: string }
  | { readonly kind: "warning"; readonly problem: Problem };

export interface CodelistTold {
  /** As people speak of it, not the same for two of a study. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly codes: number;
  /** Null where some do, and nobody counted how many. */
  readonly occurring: number | null;
}

export interface Progress {
  /** More units of work are done; `rows` are those in them, where units are not rows themselves. */
  advance(units: number, rows?: number): void;
  end(): void;
}

export interface Reporter {
  report(event: RunEvent): void;
  /** `unit` is what is counted, in the plural: "rows", "files". */
  progress(work: {
    readonly label: string;
    readonly unit: string;
    readonly total: number;
  }): Progress;
}

/** The patients of a cohort file that was written. */
export interface CohortSize {
  readonly study: string;
  readonly indexDate: IsoDate | null;
  readonly patients: number;
}

/** What a command did, for the summary and for callers. */
export interface RunSummary {
  readonly written: readonly string[];
  /** What was written, where it is no files. */
  readonly what?: "table";
  readonly kept: readonly string[];
  /** Measures in whose files something was suppressed. */
  readonly suppressed?: number;
  /** Ids of measures that show small numbers. */
  readonly unsuppressed?: readonly string[];
  /** Where the files lie, from the workspace. */
  readonly folder?: string;
  /** In each cohort file that was written or measured. */
  readonly patients?: readonly number[];
  /** The same of generate_cohort with study and date. */
  readonly cohorts?: readonly CohortSize[];
  /** Cohort files of other index dates that lie beside those of generate_cohort. */
  readonly others?: number;
  readonly milliseconds?: number;
  /** Of an audit. */
  readonly audit?: { readonly line: string; readonly verdict: AuditVerdict };
}

/** What a study may do with files it wants to write, while a command runs it. */
export interface OutputPolicy {
  readonly decide: (path: string) => "write" | "ignore" | "refuse";
  /** Every file that some action declares. */
  readonly declared: readonly string[];
  /** What each action makes. */
  readonly made: readonly MadeFiles[];
  /** The parameters with which actions run the study, each set once. */
  readonly params?: readonly Readonly<Record<string, string>>[];
}

/** What a study turned out to be, for who must know when to run it again. */
export interface StudyFacts {
  /** `study_definition_copd`. */
  readonly name: string;
  /** Sources, codelists and other files of the workspace that it read, and those it takes values from. */
  readonly reads: readonly string[];
  /** Of its canonical form, measures included. */
  readonly fingerprint: string;
}

/** Everything from outside that a command may use; the command line fills it in. */
export interface RunContext {
  /** Absolute path of the study's folder. */
  readonly workspace: string;
  /** Where paths of a database's URL and of its login begin; absent = in the workspace. */
  readonly databaseFolder?: string;
  readonly now: () => Date;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly reporter: Reporter;
  readonly outputPolicy: (
    command: CommandName,
    study: string,
  ) => OutputPolicy | Promise<OutputPolicy>;
  readonly engineVersion: string;
  /** Cores of the machine. */
  readonly cores: number;
  /** Aborted when the person asks to stop. */
  readonly signal: AbortSignal;
  /**
   * In a pipeline: which action made each input last, and its SHA-256, by the path from the workspace.
   * Such files are refused if their checksum differs now.
   */
  readonly recordedInputs?: Readonly<
    Record<string, { readonly action: string; readonly sha256: string }>
  >;
  /** In a pipeline, whose actions do not see `metadata/`: by which cohorts are marked. */
  readonly secret?: string | null;
  /** Hears of each study as soon as it is found valid. */
  readonly onStudy?: (facts: StudyFacts) => void;
}
