/** Markdown as markup. The one user of the library that reads it. */
import { marked } from "marked";
import { safeHtml } from "../../text/safe-html.ts";
import type { Html } from "../../text/html.ts";

/** `pictures` are `data:` addresses by the names that the text shows them by. */
export function markdown(text: string, pictures: (name: string) => string | null): Html {
  const html = marked.parse(text, { async: false, gfm: true });
  const shown = html.replace(
    /(<img\b[^>]*?\bsrc=")([^"]*)"/g,
    (whole, before: string, name: string) => {
      const picture = pictures(name.replace(/^attachment:/, ""));
      return picture === null ? whole : `${before}${picture}"`;
    },
  );
  return safeHtml(shown);
}
