/** Who answers: the one interface that dummy data and every database implement. */
import type { IsoDate } from "../base/dates.ts";
import type { Problem } from "../base/problems.ts";
import type { CodelistFile } from "../definition/model.ts";
import type { CheckedStudy } from "../definition/checked-study.ts";
import type { GroupRows, GroupsWanted } from "../table/cohort-groups.ts";
import type { CohortBatch, CohortSchema } from "../table/cohort-schema.ts";
import type { CodelistCounts } from "./codelist-counts.ts";

/** The cohort at one index date; `indexDate` null = the study's own. */
export interface Cohort {
  readonly indexDate: IsoDate | null;
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>;
  /** Known when the batches have been read, of a study with `passedConditions`; absent where patients are made up. */
  readonly attrition?: () => AttritionCounts;
  /** How many rows there will be, where that is known. */
  readonly rows?: number;
  /** What another thread needs to draw the same batches; plain data. Absent where only this one can have them. */
  readonly drawn?: DrawnCohort;
}

/** A dummy cohort by what it is drawn from, without its index date. */
export interface DrawnCohort {
  readonly options: {
    readonly patients: number;
    readonly seed: number | string;
    readonly today: IsoDate;
  };
  readonly study: CheckedStudy;
}

export interface AttritionCounts {
  /** Of whom the data know, whether or not they opted out. */
  readonly everybody: number;
  /** Whether those who opted out are in none of `passed`. */
  readonly leavesOutOptedOut: boolean;
  /** Patients by the number of conditions that they meet in a row, from the first on. */
  readonly passed: ReadonlyMap<number, number>;
}

export interface CohortGroups {
  readonly indexDate: IsoDate | null;
  /** In the order of the ways of grouping. */
  readonly groups: readonly GroupRows[];
}

/** What the records hold of a codelist in the periods of a study. How many patients have a code is not known. */
export interface CodelistFound {
  /** Where its codes come from; none where they are written out in the study. */
  readonly files: readonly CodelistFile[];
  /** Columns of the study that ask for it. */
  readonly columns: readonly string[];
  /** How many different codes it has. */
  readonly size: number;
  /** Those that are recorded for somebody. */
  readonly recorded: ReadonlySet<string>;
  /** Whether all its codes were looked for one by one; otherwise `recorded` may lack some. */
  readonly isCounted: boolean;
  readonly isSome: boolean;
}

/** Hears of all codelists of a study, once for all index dates that are answered together. */
export type HearCodelists = (found: readonly CodelistFound[]) => void;

/** What the vocabularies of the records hold of a study's codelists. */
export interface VocabularyFound {
  /** Of the vocabularies, as the records tell it; null where they do not. */
  readonly release: string | null;
  readonly codelists: readonly {
    readonly files: readonly CodelistFile[];
    readonly columns: readonly string[];
    readonly system: string;
    /** Where its codes were looked up; none where they are ids of concepts. */
    readonly vocabularies: readonly string[];
    readonly counts: CodelistCounts;
  }[];
}

/** Hears once, before any record is read, of the codelists that are looked up; never of records without vocabularies. */
export type HearVocabulary = (found: VocabularyFound) => void;

/** Of the study that the backend was opened for. */
export interface KeptCohorts {
  cohorts(
    study: CheckedStudy,
    indexDates: readonly (IsoDate | null)[],
    onCodelists?: HearCodelists,
    onVocabulary?: HearVocabulary,
  ): AsyncIterable<Cohort>;
  /** To be called when all files are complete. */
  readonly forget: () => Promise<void>;
}

export interface Backend {
  /** What a fingerprint must hold of the data's origin: changes when the answers could. */
  readonly dataVersion: string;
  /** What to know about the data, though they can answer. */
  readonly warnings: readonly Problem[];
  /** Cohorts in the order of `indexDates`. A cohort must be read to its end before the next. */
  cohorts(
    study: CheckedStudy,
    indexDates: readonly (IsoDate | null)[],
    onCodelists?: HearCodelists,
    onVocabulary?: HearVocabulary,
  ): AsyncIterable<Cohort> | Iterable<Cohort>;
  /** The same, kept where the patients are, so that a run that goes on finds them; absent where nothing is kept. */
  readonly kept?: KeptCohorts;
  /** The same cohorts, counted where the patients are, so that none of their rows leaves it; null where they are made up. */
  readonly groups:
    | ((
        study: CheckedStudy,
        indexDates: readonly (IsoDate | null)[],
        wanted: GroupsWanted,
        onVocabulary?: HearVocabulary,
      ) => AsyncIterable<CohortGroups>)
    | null;
  close(): Promise<void>;
}
