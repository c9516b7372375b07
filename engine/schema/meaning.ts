/** What kinds of databases mean differently by the same question: plain data that lowering reads. */
import type { IsoDate } from "../base/dates.ts";

export interface Meaning {
  /** What settles which of a patient's events comes first at one time: its id, or else the lowest of the values asked for. */
  readonly ties: "ids" | "values";
  /** Events without a date: have none, or count as of a day that stands for that, but for episodes and days that are ignored. */
  readonly undated: "missing" | "dated";
  /** `numbers`: codes are whole numbers, of SNOMED CT only. `concepts`: those of vocabularies. */
  readonly eventCodes: "texts" | "numbers" | "concepts";
  /** Of texts: the systems whose events and medications each have a table; absent where all but those of CTV3 are of SNOMED CT. */
  readonly systems?: readonly string[];
  /** Practices and addresses as of the day that a study names, or as they are now whatever the day; or addresses alone. */
  readonly places: "as-of" | "current" | "current-address";
  /** Practices have numbers, some of them unknown; or codes. */
  readonly practices: "numbers" | "codes";
  /** The index of multiple deprivation where there is none. */
  readonly noDeprivation: number;
  /** The last day on which a general practice may have recorded a death. */
  readonly lastDeath: IsoDate;
  /** Vaccines are told by names of products and diseases, or by codes of procedures and products. */
  readonly vaccines: "names" | "codes";
  readonly bodyMass: BodyMass;
  /** Of deaths whose causes are concepts: the cause of a row is the underlying one; absent where nobody knows which it is. */
  readonly causeIsUnderlying?: true;
  /** The same: rows tell whether general practice recorded them; absent where any row counts. */
  readonly tellsPrimaryCareDeaths?: true;
}

/** Codes of the body mass index, and of what it is computed from. */
export interface BodyMass {
  readonly table: "ctv3_events" | "snomed_events" | "concept_events";
  readonly index: readonly string[];
  readonly weight: readonly string[];
  readonly height: readonly string[];
  /** A height of 0: the recorded index counts, or nothing does. */
  readonly zeroHeight: "index" | "nothing";
  /** Whether a measurement without a value is none. */
  readonly valuesMayBeMissing: boolean;
}
