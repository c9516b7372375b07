/** ICD-10 codes without their point, as admissions and death certificates hold them. */
import { codeEntries, rareCodes } from "./code-entry.ts";
import type { CodeEntry } from "./code-entry.ts";

const common = codeEntries(`
I219 6
I251 6
I10X 9
I48X 5
I500 5
I639 5
I64X 4
I269 3
I802 2
J189 8
J449 6
J459 4
J22X 4
J690 2
E119 7
E109 2
N179 5
N183 4
N390 6
U071 5
U072 1
C349 4
C509 3
C61X 3
C189 3
C259 2
C80X 1
F03X 4
F019 3
G309 4
G20X 2
K529 3
K922 2
K703 2
A419 4
R54X 3
R07X 3
R104 4
S720 4
S064 1
X599 2
W190 3
Z511 3
O800 3
Z380 3
M179 3
H269 3
D509 3
F329 2
F102 2
T391 1
`);

/** A letter, two digits, one digit: none of those above. */
const rare = Array.from({ length: 260 }, (_, i) => {
  const letter = "ABCDEFGHIJKLMNR"[i % 15] ?? "A";
  return `${letter}${String((i * 13) % 99).padStart(2, "0")}${i % 9}`;
});
const known = new Set(common.map(({ code }) => code));

export const icd10Codes: readonly CodeEntry[] = [
  ...common,
  ...rareCodes(
    [...new Set(rare)].filter((code) => !known.has(code)),
    20,
  ),
];
