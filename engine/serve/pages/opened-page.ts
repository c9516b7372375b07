import { markup } from "../../text/html.ts";
import { page } from "../reply.ts";
import type { Reply } from "../reply.ts";

/** The printed address leads here once, and from here to the workspace: it stays in no history. */
export function openedPage(): Reply {
  return page(
    "Cohortline",
    markup`<meta http-equiv="refresh" content="0;url=/" /><main><h1>Cohortline</h1>
<p><a href="/">Go to the workspace</a></p></main>`,
  );
}
