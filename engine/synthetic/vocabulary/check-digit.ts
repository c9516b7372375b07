/** The check digit of a SNOMED CT identifier (Verhoeff's scheme). */

/** Rotation and reflection of a pentagon: the group that Verhoeff's scheme adds digits in. */
function combine(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b - 5) % 5);
  return b < 5 ? 5 + ((a - 5 - b + 10) % 5) : (a - b + 10) % 5;
}

const shuffled = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** The digit as it stands `place` digits from the end. */
function permute(digit: number, place: number): number {
  return place === 0 ? digit : permute(shuffled[digit] ?? 0, place - 1);
}

/** Whether the last digit is the one that the others demand. */
export function hasCheckDigit(id: string): boolean {
  const digits = Array.from(id, Number).reverse();
  return digits.reduce((sum, digit, i) => combine(sum, permute(digit, i % 8)), 0) === 0;
}

/** `stem` and its check digit. */
export function withCheckDigit(stem: string): string {
  for (let digit = 0; digit <= 9; digit++) {
    if (hasCheckDigit(`${stem}${digit}`)) return `${stem}${digit}`;
  }
  throw new Error(`no check digit fits ${stem}`);
}
