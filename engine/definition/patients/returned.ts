/** The types of what functions return, read from the function table so that they cannot differ. */
import type { functionTable } from "../function-table.ts";

type Table = typeof functionTable;

/** Functions whose result is chosen by `returning`. */
type Chooser = {
  [Name in keyof Table]: Table[Name] extends { readonly returning: object } ? Name : never;
}[keyof Table];

/** What a function can return. */
export type ReturningOf<Name extends Chooser> = keyof Table[Name]["returning"] & string;

/** The type of what it returns then. */
export type Returned<
  Name extends Chooser,
  Returning extends ReturningOf<Name>,
> = Table[Name]["returning"][Returning & keyof Table[Name]["returning"]];
