/** A file's name that breaks between its words where a column is narrow. */
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";

export function fileNameHtml(name: string): Html {
  const [first = "", ...more] = name.split(/(?<=[_/])/);
  return more.reduce((html, part) => markup`${html}<wbr />${part}`, markup`${first}`);
}
