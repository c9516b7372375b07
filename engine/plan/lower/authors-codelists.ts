/** Which codelists of the author the codes of a plan come from, and for which columns. */
import type { AuthorsCodelist } from "../model/cohort-plan.ts";

export class AuthorsCodelists {
  /** That asks now. */
  column = "";
  private readonly lists = new Map<string, Map<string, Noted>>();

  /** `name` is that of the codes in the plan. One file is one codelist, whichever columns ask for it. */
  add(name: string, list: Omit<AuthorsCodelist, "columns">): void {
    const known = this.lists.get(name) ?? new Map<string, Noted>();
    this.lists.set(name, known);
    const key = JSON.stringify(list.files);
    const noted = known.get(key) ?? { list, columns: new Set<string>() };
    known.set(key, noted);
    noted.columns.add(this.column);
  }

  of(name: string): readonly AuthorsCodelist[] {
    const noted = [...(this.lists.get(name)?.values() ?? [])];
    return noted.map(({ list, columns }) => ({ ...list, columns: [...columns] }));
  }
}

interface Noted {
  readonly list: Omit<AuthorsCodelist, "columns">;
  readonly columns: Set<string>;
}
