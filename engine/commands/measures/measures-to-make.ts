/** The measures of one study that are to be made, and what is known of their cohort files. */
import type { IsoDate } from "../../base/dates.ts";
import type { MeasureFormat } from "../../base/file-names.ts";
import type { ColumnFacts } from "./column-facts.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { MeasurePool } from "../../measures/pool.ts";
import type { DatedFile } from "../cohorts/cohort-files.ts";
import type { VocabularyHeard } from "../cohorts/told-vocabulary.ts";
import type { CohortInput } from "./cohort-inputs.ts";
import type { CohortOrigin, DefinitionFacts } from "../manifest/cohort-origin.ts";
import type { MeasureFingerprint } from "./measure-fingerprint.ts";

export interface MeasuresToMake {
  /** For messages: the study's name. */
  readonly study: string;
  readonly suffix: string;
  readonly measures: readonly MeasureSpec[];
  readonly studyColumns: readonly string[];
  /** Of columns that it defines and a measure could add up. */
  readonly columnFacts: ColumnFacts;
  /** The study as it is now, to compare with what the files were made from. */
  readonly present: DefinitionFacts;
  /** Absolute; both of the cohort files and of the measures. */
  readonly folder: string;
  /** Of the measures. */
  readonly format: MeasureFormat;
  readonly skipExisting: boolean;
  /** What is only warned about is refused. */
  readonly strict: boolean;
  readonly pool: MeasurePool;
  /** By which cohorts are marked; null where they are not. */
  readonly secret: string | null;
  /** Part of every fingerprint: another engine's files are made again. */
  readonly engineVersion: string;
}

export interface Measuring extends MeasuresToMake {
  readonly files: readonly DatedFile[];
  readonly fingerprint: MeasureFingerprint;
  readonly hashing: Promise<readonly CohortInput[]>;
  /** Of measures made without cohort files: what they are made from; null = of all index dates. */
  readonly origin?: (date: IsoDate | null) => CohortOrigin;
  /** Of those as well: what vocabularies of the records hold of the codelists, where any were looked up. */
  readonly vocabulary?: VocabularyHeard["entry"];
}
