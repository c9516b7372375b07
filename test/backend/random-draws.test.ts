import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chooseExactly, choose, weightedChoice } from "../../engine/backend/dummy/choices.ts";
import { fillNormal, fillPoisson } from "../../engine/backend/dummy/distributions.ts";
import { patientIds } from "../../engine/backend/dummy/dummy-patients.ts";
import { ageProbabilities } from "../../engine/backend/dummy/draw-values.ts";
import {
  nextBelow,
  nextOpen,
  nextWord,
  randomStream,
} from "../../engine/backend/dummy/random-stream.ts";

const stream = (name: string) => randomStream(["1", name]);

/** Sum of (seen - wanted)^2 / wanted; with k classes about k, more than k + 6 sqrt(2 k) is a fault. */
function chiSquare(seen: ArrayLike<number>, wanted: readonly number[]): number {
  return wanted.reduce((sum, mean, place) => {
    return mean === 0 ? sum : sum + ((seen[place] ?? 0) - mean) ** 2 / mean;
  }, 0);
}

function assertFits(seen: ArrayLike<number>, wanted: readonly number[]): void {
  const limit = wanted.length + 6 * Math.sqrt(2 * wanted.length);
  const fault = chiSquare(seen, wanted);
  assert.ok(fault < limit, `chi-square ${fault} where ${limit} is too much`);
}

function meanAndSpread(values: Float64Array): { mean: number; stddev: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, stddev: Math.sqrt(square) };
}

describe("a random stream", () => {
  it("is the generator xoshiro128** 1.1", () => {
    // From the authors' definition, computed with integers of any size in another language.
    const state = { a: 1, b: 2, c: 3, d: 4 };
    const words = Array.from({ length: 8 }, () => nextWord(state));
    assert.deepEqual(
      words,
      [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849],
    );
  });

  it("is the same for the same name on every machine, and another for any other name", () => {
    const first = (...name: string[]) => nextWord(randomStream(name));
    assert.equal(first("1", "sex", "value"), first("1", "sex", "value"));
    const others = [first("1", "sex", "date"), first("2", "sex", "value"), first("1sex", "value")];
    assert.equal(new Set([first("1", "sex", "value"), ...others]).size, 4);
  });

  it("spreads its words evenly over their range", () => {
    const seen = new Float64Array(256);
    const low = new Float64Array(256);
    const words = stream("even");
    for (let i = 0; i < 256_000; i++) {
      const word = nextWord(words);
      seen[word >>> 24] = (seen[word >>> 24] ?? 0) + 1;
      low[word & 255] = (low[word & 255] ?? 0) + 1;
    }
    const wanted = Array.from({ length: 256 }, () => 1000);
    assertFits(seen, wanted);
    assertFits(low, wanted);
  });

  it("gives numbers inside 0 to 1, and whole numbers below a limit", () => {
    assert.ok(nextOpen({ a: 1, b: 0, c: 0, d: 0 }) > 0);
    const seen = new Float64Array(7);
    const numbers = stream("below");
    for (let i = 0; i < 70_000; i++) {
      const at = nextBelow(numbers, 7);
      seen[at] = (seen[at] ?? 0) + 1;
    }
    assertFits(
      seen,
      Array.from({ length: 7 }, () => 10_000),
    );
  });
});

describe("choosing exactly so many", () => {
  it("does so, at any share", () => {
    for (const [count, among] of [
      [0, 5],
      [5, 5],
      [1, 5],
      [3, 5],
      [4, 5],
      [0, 0],
      [700, 1000],
    ] as const) {
      const chosen = chooseExactly(stream("exactly"), count, among);
      assert.equal(chosen.length, among);
      assert.equal(
        chosen.reduce((sum, one) => sum + one, 0),
        count,
      );
    }
  });

  it("makes every choice as likely as every other", () => {
    for (const count of [2, 3]) {
      const seen = new Map<string, number>();
      const choices = stream(`likely ${count}`);
      for (let i = 0; i < 10_000; i++) {
        const chosen = chooseExactly(choices, count, 5).join("");
        seen.set(chosen, (seen.get(chosen) ?? 0) + 1);
      }
      assert.equal(seen.size, 10);
      assertFits(
        [...seen.values()],
        Array.from({ length: 10 }, () => 1000),
      );
    }
  });
});

describe("a weighted choice", () => {
  const tables = [[1], [0.5, 0.5], [0.1, 0.7, 0.2], [0, 1, 0], [0.001, 0.999], ageProbabilities];
  for (const [place, shares] of tables.entries()) {
    it(`gives each outcome its share: ${shares.length} outcomes, table ${place}`, () => {
      const draws = 100_000;
      const seen = new Float64Array(shares.length);
      const choice = weightedChoice(shares);
      const words = stream(`choice ${place}`);
      for (let i = 0; i < draws; i++) {
        const outcome = choose(choice, words);
        seen[outcome] = (seen[outcome] ?? 0) + 1;
      }
      assertFits(
        seen,
        shares.map((share) => share * draws),
      );
      for (const [outcome, share] of shares.entries())
        if (share === 0) assert.equal(seen[outcome], 0);
    });
  }

  it("never gives an impossible outcome, whatever rounding leaves over", () => {
    const thirds = [1 / 3, 0, 1 / 3, 0, 1 / 3, 0, 0];
    const { keep, alias } = weightedChoice(thirds);
    for (const [slot, owner] of thirds.entries()) {
      if (owner === 0) assert.equal(keep[slot], 0);
      assert.notEqual(thirds[alias[slot] ?? 0], 0);
    }
  });
});

describe("distributions", () => {
  it("normal numbers have their mean, spread and shape", () => {
    const values = new Float64Array(200_001);
    fillNormal(values, stream("normal"), { mean: 35, stddev: 10 });
    const { mean, stddev } = meanAndSpread(values);
    assert.ok(Math.abs(mean - 35) < 0.12 && Math.abs(stddev - 10) < 0.1, `${mean} ${stddev}`);
    // Shares below -2, -1, 0, 1, 2 standard deviations, from a table of the normal distribution.
    for (const [limit, share] of [
      [15, 0.02275],
      [25, 0.15866],
      [35, 0.5],
      [45, 0.84134],
      [55, 0.97725],
    ] as const) {
      const below = values.filter((value) => value < limit).length / values.length;
      assert.ok(Math.abs(below - share) < 0.005, `${below} below ${limit}`);
    }
    assert.notEqual(values.at(-1), 0);
  });

  for (const mean of [0.3, 4, 60.5]) {
    it(`Poisson counts with mean ${mean} occur as often as the formula says`, () => {
      const values = new Float64Array(100_000);
      fillPoisson(values, stream(`poisson ${mean}`), mean);
      const seen = new Float64Array(300);
      for (const value of values) seen[value] = (seen[value] ?? 0) + 1;
      const likely: [number, number][] = [];
      let share = Math.exp(-mean);
      for (let k = 0; k < 300; share *= mean / ++k) {
        if (share * values.length > 5) likely.push([seen[k] ?? 0, share * values.length]);
      }
      assertFits(
        likely.map(([count]) => count),
        likely.map(([, wanted]) => wanted),
      );
    });
  }

  it("Poisson counts with mean 0 are 0, with a huge mean near it", () => {
    const none = new Float64Array(10);
    fillPoisson(none, stream("none"), 0);
    assert.deepEqual([...none], Array(10).fill(0));
    const many = new Float64Array(10_000);
    fillPoisson(many, stream("many"), 4e6);
    const { mean, stddev } = meanAndSpread(many);
    assert.ok(Math.abs(mean - 4e6) < 120 && Math.abs(stddev - 2000) < 90, `${mean} ${stddev}`);
    assert.ok(many.every(Number.isInteger));
  });

  it("ages are those of the population: probabilities of 0 to 109, the excess taken from age 50", () => {
    assert.equal(ageProbabilities.length, 110);
    const sum = ageProbabilities.reduce((total, share) => total + share, 0);
    assert.ok(Math.abs(sum - 1) < 1e-12);
    const people = 66434;
    assert.equal(ageProbabilities[0], 3914 / people / 5);
    assert.equal(ageProbabilities[54], 4674 / people / 5);
    assert.equal(ageProbabilities[109], 13 / people / 5);
    const excess = 13 / people;
    assert.ok(Math.abs((ageProbabilities[50] ?? 0) - (4674 / people / 5 - excess)) < 1e-12);
  });
});

const all = (end: number) => ({ number: 0, first: 0, end });

describe("patient ids", () => {
  it("are distinct, ascending, below ten times their number, and spread over that range", () => {
    const ids = patientIds("1", 2000, all(2000));
    assert.ok(ids.every((id, place) => place === 0 || id > (ids[place - 1] ?? 0)));
    assert.ok((ids[0] ?? -1) >= 0 && (ids.at(-1) ?? 0) < 20_000);
    const tenths = new Float64Array(10);
    for (const id of ids) tenths[Math.floor(id / 2000)] = (tenths[Math.floor(id / 2000)] ?? 0) + 1;
    assertFits(
      tenths,
      Array.from({ length: 10 }, () => 200),
    );
  });

  it("follow from the seed and the number", () => {
    assert.deepEqual(patientIds("1", 50, all(50)), patientIds("1", 50, all(50)));
    assert.notDeepEqual(patientIds("1", 50, all(50)), patientIds("2", 50, all(50)));
    assert.equal(patientIds("1", 1, all(1)).length, 1);
  });
});
