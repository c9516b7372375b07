/** Columns that several files print alike are one array: many measures have the same labels and the same denominators. */
import { wholeNumber } from "./printed-cell.ts";

/** Arrays under one name that are compared with a new one. */
const MOST_COMPARED = 4;

export class SharedColumns {
  readonly #texts = new Map<string, string>();
  readonly #numbers = new Map<string, number | null>();
  readonly #lists = new Map<string, (readonly unknown[])[]>();
  readonly #numbersOf = new Map<readonly string[], readonly (number | null)[]>();

  /** The same text, of which there is only one. */
  text(text: string): string {
    const found = this.#texts.get(text);
    if (found === undefined) this.#texts.set(text, text);
    return found ?? text;
  }

  /** As `wholeNumber` reads it. */
  number(text: string): number | null {
    const found = this.#numbers.get(text);
    const number = found === undefined ? wholeNumber(text) : found;
    if (found === undefined) this.#numbers.set(text, number);
    return number;
  }

  /** One that is equal and came before under this name, or this one. */
  list<Item>(name: string, list: readonly Item[]): readonly Item[] {
    const before = this.#lists.get(name) ?? [];
    const same = before.find(
      (each) => each.length === list.length && each.every((item, at) => item === list[at]),
    );
    if (same !== undefined) return same as readonly Item[];
    if (before.length < MOST_COMPARED) this.#lists.set(name, [...before, list]);
    return list;
  }

  /** The numbers of a list of texts, read once. */
  numbers(
    texts: readonly string[],
    read: () => readonly (number | null)[],
  ): readonly (number | null)[] {
    const found = this.#numbersOf.get(texts) ?? read();
    this.#numbersOf.set(texts, found);
    return found;
  }
}
