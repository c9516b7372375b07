/** OPCS-4 codes of procedures without their point. */
import { codeEntries, rareCodes } from "./code-entry.ts";
import type { CodeEntry } from "./code-entry.ts";

const common = codeEntries(`
X403 8
W371 4
W401 4
C751 7
H259 5
G459 6
G451 5
K634 3
K751 3
K401 1
M459 3
U051 6
U212 6
U071 3
X292 5
X352 4
R171 3
R249 3
T202 2
J183 3
H014 2
E031 1
V544 1
S065 2
Q181 2
Z942 2
Y981 3
Y534 3
`);

const rare = Array.from({ length: 240 }, (_, i) => {
  const letter = "ABCDEFGHJKLMNPQRSTUVW"[i % 21] ?? "A";
  return `${letter}${String(((i * 17) % 79) + 1).padStart(2, "0")}${(i % 8) + 1}`;
});
const known = new Set(common.map(({ code }) => code));

export const opcs4Codes: readonly CodeEntry[] = [
  ...common,
  ...rareCodes(
    [...new Set(rare)].filter((code) => !known.has(code)),
    15,
  ),
];
