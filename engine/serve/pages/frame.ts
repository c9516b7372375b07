/** What stands around every page: the way back, and what is said when the server is gone. */
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { page } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { searchForm } from "./search-form.ts";

export interface Framed {
  readonly title: string;
  /** The name of the study's folder; "" for whoever may not know it. */
  readonly workspace: string;
  readonly body: Html;
  readonly status?: number;
  /** Where its events come from; without any it does not change, and only learns whether the server is there. */
  readonly events?: string | null;
}

export function framedPage({ title, workspace, body, status = 200, events = null }: Framed): Reply {
  const still = events === null ? markup` data-still` : null;
  const data = workspace === "" ? null : markup` data-events="${events ?? "/events"}"${still}`;
  const home =
    workspace === ""
      ? null
      : markup`<nav aria-label="Pages"><a href="/">${workspace}</a></nav>${searchForm()}`;
  return page(
    title,
    markup`<header>${home}</header>
<p id="gone" class="failed" role="status" hidden>The server is gone. This page goes on when it is back: start <code>cohortline serve</code> again, and open the address that it prints.</p>
<main${data}>${body}</main>`,
    status,
  );
}
