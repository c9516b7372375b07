/** Records in csv that are refused, and what is told of them. */
import { gzipSync } from "node:zlib";
import { HEADER, event } from "./csv-records.ts";
import type { RecordFiles } from "./records-folder.ts";

export const refused: readonly (readonly [what: string, files: RecordFiles, told: RegExp])[] = [
  [
    "a short row",
    event("1,1,111,2020-03-01,5.5\n2,2,secret\n"),
    /^ragged-row: Row 3 of "CodedEvent_SNOMED.csv" has 3 field/,
  ],
  [
    "a long row",
    event("1,1,111,2020-03-01,5.5,\n"),
    /^ragged-row: Row 2 of .* 6 field\(s\) where the header has 5/,
  ],
  [
    "a wider second header",
    event(`1,1,111,2020-03-01,5.5\n${HEADER},More\n`),
    /^ragged-row: Row 3/,
  ],
  [
    "a second header",
    event(`1,1,111,2020-03-01,5.5\n${HEADER}\n`),
    /^record-value: Column "Patient_ID" of "CodedEvent_SNOMED.csv" .* row 3/,
  ],
  [
    "what sqlcmd prints below",
    event("1,1,111,2020-03-01,5.5\n\n(1 rows affected)\n"),
    /^ragged-row: Row 4/,
  ],
  [
    "another delimiter further down",
    event("1,1,111,2020-03-01,5.5\n2;2;222;2020-03-02;7\n"),
    /^ragged-row: Row 3/,
  ],
  [
    "another delimiter from the start",
    event("", HEADER.replaceAll(",", ";")),
    /^record-delimiter: .*CodedEvent_SNOMED.csv" are separated by ";"/,
  ],
  ["tabs", event("", HEADER.replaceAll(",", "\t")), /^record-delimiter: .* by tabs/],
  ["no header", { "CodedEvent_SNOMED.csv": "" }, /^record-file-empty: .*"CodedEvent_SNOMED.csv"/],
  ["a column twice", event("", `${HEADER},conceptid`), /^repeated-file-column: .*"conceptid"/],
  [
    "an open quote",
    event('1,1,"111,2020-03-01,5.5\n'),
    /^broken-quotes: .*row 2 of "CodedEvent_SNOMED.csv"/,
  ],
  ["text behind a quote", event('1,1,"1"11,2020-03-01,5.5\n'), /^broken-quotes: .*row 2/],
  [
    "bytes of Latin-1",
    { "CodedEvent_SNOMED.csv": Buffer.from(`${HEADER}\n1,1,caf\xe9,2020-03-01,5.5\n`, "latin1") },
    /^not-utf8-text: .*"CodedEvent_SNOMED.csv".*"ConceptID", row 2/,
  ],
  [
    "a gzip file cut short",
    { "CodedEvent_SNOMED.csv": null, "CodedEvent_SNOMED.csv.gz": gzipSync(HEADER).subarray(0, 20) },
    /^broken-gzip: .*"CodedEvent_SNOMED.csv.gz"/,
  ],
  [
    "the word NULL for a day",
    event("1,1,111,NULL,5.5\n"),
    /^record-value: Column "ConsultationDate" of "CodedEvent_SNOMED.csv" holds the word NULL in row 2 .*Leave a cell empty/,
  ],
  [
    "the word NULL for a text",
    event("1,1,111,2020-03-01,5.5\n1,1,NULL,2020-03-01,5.5\n"),
    /^record-value: Column "ConceptID" .* word NULL in row 3/,
  ],
  [
    "files of a folder of which one lacks a column",
    {
      "CodedEvent_SNOMED.csv": null,
      "CodedEvent_SNOMED/a.csv": `${HEADER}\n`,
      "CodedEvent_SNOMED/b.csv": "Patient_ID,CodedEvent_ID,ConceptID,ConsultationDate\n",
    },
    /^record-column-missing: .*"CodedEvent_SNOMED\/b.csv" has no column "NumericValue"/,
  ],
  [
    "one table in two files",
    { "codedevent_snomed.csv.gz": gzipSync(`${HEADER}\n`) },
    /^record-table-twice: .*CodedEvent_SNOMED/i,
  ],
];
