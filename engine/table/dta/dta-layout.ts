/**
 * Widths of the fields of Stata's file formats, as StataCorp publishes them (`help dta`). 118 is written;
 * 117 (Stata 13) and 119 (more than 32,767 columns) differ from it in these widths only.
 */

/** All in bytes. */
export interface DtaLayout {
  readonly release: string;
  /** The number of columns. */
  readonly columnCount: 2 | 4;
  /** The number of rows. */
  readonly rowCount: 4 | 8;
  /** The length of the dataset's label. */
  readonly labelLength: 1 | 2;
  /** Names of columns, of value labels and of characteristics, each with a NUL behind it. */
  readonly name: number;
  readonly displayFormat: number;
  readonly columnLabel: number;
  readonly sortEntry: 2 | 4;
  /** Parts of the eight bytes in a row that refer to a long text: its column, then its row. */
  readonly textColumn: 2 | 3 | 4;
  /** The row in the header of a long text. */
  readonly textRow: 4 | 8;
  readonly encoding: "utf-8" | "windows-1252";
}

/** Of a column, as people see it in Stata; in characters. */
export const LONGEST_LABEL = 80;

export const layout118: DtaLayout = {
  release: "118",
  columnCount: 2,
  rowCount: 8,
  labelLength: 2,
  name: 129,
  displayFormat: 57,
  columnLabel: 321,
  sortEntry: 2,
  textColumn: 2,
  textRow: 8,
  encoding: "utf-8",
};

const layout117: DtaLayout = {
  release: "117",
  columnCount: 2,
  rowCount: 4,
  labelLength: 1,
  name: 33,
  displayFormat: 49,
  columnLabel: 81,
  sortEntry: 2,
  textColumn: 4,
  textRow: 4,
  encoding: "windows-1252",
};

const layout119: DtaLayout = {
  ...layout118,
  release: "119",
  columnCount: 4,
  sortEntry: 4,
  textColumn: 3,
};

export const dtaLayouts: readonly DtaLayout[] = [layout117, layout118, layout119];

/** Entries of the map: where in the file each part starts. */
export const MAP = {
  file: 0,
  map: 1,
  types: 2,
  names: 3,
  sortOrder: 4,
  formats: 5,
  valueLabelNames: 6,
  columnLabels: 7,
  characteristics: 8,
  data: 9,
  longTexts: 10,
  valueLabels: 11,
  closing: 12,
  end: 13,
} as const;

export const MAP_ENTRIES = 14;

/**
 * Names of the characteristics, which Stata keeps with a column: what the study calls it where Stata
 * cannot, and how much of its dates the study shows where that is not all.
 */
export const STUDY_NAME = "study_name";
export const DATE_FORMAT = "date_format";
