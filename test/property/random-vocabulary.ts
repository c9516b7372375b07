/** Codes, days and texts that random studies ask for and random records hold. */
import fc from "fast-check";

/** Case variants match as text does, but not among CTV3 and SNOMED codes. */
export const ctv3Codes = ["XaB1c", "xab1C", "H33..", "7%_.", "X[1]"] as const;
export const bmiCodes = ["22K..", "X76C7", "22A..", "XM01E", "229.."] as const;
export const snomedCodes = ["990001", "990002", "abC03"] as const;
export const dmdCodes = ["3211", "3222", "3233", "Dm4x", "it's 5"] as const;
export const icd10Codes = ["U071", "J12", "J129", "I219"] as const;
export const opcs4Codes = ["W371", "K40", "K402"] as const;
export const diagnosisCodes = ["50417007", "24700007", "1240751000000100"] as const;

/** Texts that end up in a cohort as they stand, and in conditions. */
export const oddTexts = [
  "South West",
  "south west  ",
  'O\'Brien "the" [2nd]; DROP',
  "50%_off",
  "caf\u00e9 \u{1F600}",
  "a,b\tc",
  "x".repeat(300),
] as const;

export const statuses = ["Approved", "Treatment Complete", "Treatment Stopped"] as const;
export const interventions = [
  "Molnupiravir",
  "Casirivimab and imdevimab ",
  "Sotrovimab [50%]",
] as const;
export const diseases = ["HEPATITIS A", "INFLUENZA", "O'Nyong-nyong"] as const;
export const products = ["Hepatyrix", "Flu \u{1F489}", "50%_jab"] as const;
export const drugs = ["ABATACEPT", "Drug [x]", "o'drug"] as const;
export const isaricTexts = ["YES", "no", "NA", ""] as const;

/** Dates that say something else than a day. */
export const sentinels = ["1900-01-01", "9999-12-31"] as const;

/** Around the index dates: ends of months and the days beside them, leap day included. */
const boundaryDays = [
  "2019-12-31",
  "2020-01-01",
  "2020-01-31",
  "2020-02-01",
  "2020-02-28",
  "2020-02-29",
  "2020-03-01",
  "2020-03-31",
  "2020-04-01",
  "2020-04-15",
  "2020-04-30",
  "2020-05-01",
  "2020-05-31",
  "2020-06-01",
] as const;

const farDays = ["2015-03-31", "2018-02-28", "2019-03-31", "2019-09-01", "2021-04-01"] as const;

const two = (n: number): string => String(n).padStart(2, "0");

const anyDay = fc
  .tuple(fc.integer({ min: 2019, max: 2020 }), fc.integer({ min: 1, max: 12 }), fc.nat(27))
  .map(([year, month, day]) => `${year}-${two(month)}-${two(day + 1)}`);

/** A day as studies write it. */
export const writtenDay = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...boundaryDays) },
  { weight: 1, arbitrary: fc.constantFrom(...farDays) },
  { weight: 1, arbitrary: anyDay },
);

/** A day as records hold it; now and then a sentinel. */
export const recordedDay = fc.oneof(
  { weight: 14, arbitrary: writtenDay },
  { weight: 1, arbitrary: fc.constantFrom(...sentinels) },
);

/** A moment of a recorded day: often the same one, so that events tie. */
export const recordedMoment = fc
  .tuple(recordedDay, fc.constantFrom("T00:00:00", "T12:00:00", "T12:00:00", "T23:59:59"))
  .map(([day, time]) => `${day}${time}`);

/** Quarters: their sums are the same in any order of adding. Zeros and ties are frequent. */
export const quarters = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: -8, max: 400 }).map((n) => n / 4) },
  { weight: 2, arbitrary: fc.constantFrom(1, 1.5, 2, 70.25) },
);

/** Decimals that 32 bits do not hold exactly; never summed. */
export const decimals = fc.constantFrom(0, 27.9, 0.1, -1, 1.588, 1e-5, 123456.78, 3);

export const someOf = <Item>(items: readonly Item[], most = items.length) =>
  fc.subarray([...items], { minLength: 1, maxLength: most });
