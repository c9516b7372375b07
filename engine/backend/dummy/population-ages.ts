/** The ages of the people of the United Kingdom in 2018. */

/** Thousands of people in each band of five years, from 0-4 to 95-99, then all from 100 on. */
const bands = [
  3914, 4139, 3859, 3669, 4185, 4527, 4463, 4372, 3993, 4507, 4674, 4294, 3673, 3396, 3252, 2236,
  1673, 1024, 448, 123, 13,
];
const YEARS_IN_BAND = 5;
const YEARS_IN_LAST_BAND = 10;

/** Probability of each single age from 0 to 109. */
export const ageProbabilities: readonly number[] = probabilities();

/**
 * The last band counts as five years although it fills ten, so all would add up to more than 1; the
 * excess is taken from the first age of the largest band, as in the reference.
 */
function probabilities(): readonly number[] {
  const people = bands.reduce((sum, band) => sum + band, 0);
  const ages = bands.flatMap((band, place) => {
    const years = place === bands.length - 1 ? YEARS_IN_LAST_BAND : YEARS_IN_BAND;
    return Array.from({ length: years }, () => band / people / YEARS_IN_BAND);
  });
  const excess = ages.reduce((sum, share) => sum + share, 0) - 1;
  const largest = bands.indexOf(Math.max(...bands)) * YEARS_IN_BAND;
  return ages.map((share, age) => (age === largest ? share - excess : share));
}
