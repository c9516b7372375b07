/** CTV3 (Read version 3) codes of five characters. The first six are those that the body mass index reads. */
import { codeEntries, rareCodes } from "./code-entry.ts";
import type { CodeEntry } from "./code-entry.ts";

const common = codeEntries(`
22K.. 40 27.5 5.4 0.95 # body mass index
22A.. 30 78 17 0.95    # weight, kilograms
X76C7 15 78 17 0.95    # body weight
229.. 12 1.68 0.1 1    # height, metres
XM01E 10 1.68 0.1 1    # height
2469. 50 132 16 0.6    # systolic blood pressure
246A. 50 78 10 0.6     # diastolic blood pressure
XE2q5 16 82 24 0.7     # serum creatinine
XaPbt 12 44 13 0.8     # HbA1c
XE2eD 10 5.0 1.1 0.7   # serum cholesterol
137R. 12 # smoker
137S. 10 # ex-smoker
XE0oh 16 # never smoked
XE0Uc 5  # hypertension
H33.. 5  # asthma
C10F. 4  # type 2 diabetes
H3... 2  # chronic obstructive lung disease
X00SO 4  # depression
G5730 1.5 # atrial fibrillation
G58.. 1.5 # heart failure
X200E 1  # myocardial infarction
X00D1 1  # stroke
9S1.. 8  # White British
9S10. 4  # ethnic category
XaJQv 3  # British or mixed British
9S6.. 1  # Indian
9S7.. 1  # Pakistani
9S2.. 1  # Black Caribbean
9SB.. 1  # mixed ethnic group
XaLNG 2  # seen in clinic
XE1T1 3  # medication review
Eu32z 2  # depressive episode
`);

const LETTERS = "BCDEFJKLMNPQRSTVWXYZabcdefghjkmnpqrstuvwxyz";

/** Two letters, two digits and a dot, each pair once. */
const rare = Array.from({ length: 270 }, (_, i) => {
  const [one, two] = [
    LETTERS[(i * 7) % LETTERS.length] ?? "",
    LETTERS[(i * 11 + 3) % LETTERS.length] ?? "",
  ];
  return `${one}${two}${String((i * 37) % 100).padStart(2, "0")}.`;
});

export const ctv3Codes: readonly CodeEntry[] = [...common, ...rareCodes([...new Set(rare)], 25)];
