import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";

/** The key / leads to it. */
export function searchForm(): Html {
  return markup`<form class="row-of" role="search" method="get" action="/search">
<label>Find an action, an output or a run <input id="search" type="search" name="for" aria-keyshortcuts="/" /></label><button>Find</button></form>`;
}
