/** Every address of the server. Those that change something are not there at all where the server only shows. */
import { auditStyle } from "../commands/releases/audit-style.ts";
import { pageStyle } from "../page/page-style.ts";
import { reportStyle } from "../pipeline/report/report-style.ts";
import { chartStyle } from "../charts/chart-style.ts";
import { flowStyle } from "../charts/attrition-flow.ts";
import { openStudyFeed } from "./study-feed.ts";
import { openFeed } from "./live-feed.ts";
import type { LiveFeed } from "./live-feed.ts";
import type { LiveRun } from "./live-run.ts";
import { pageScript } from "./page-script.ts";
import { serveStyle } from "./pages/serve-style.ts";
import { MOST_STREAMS } from "./limits.ts";
import { changesPage } from "./pages/changes-page.ts";
import { logPage } from "./pages/log-page.ts";
import { outputFile, outputPage } from "./pages/output-page.ts";
import { picturesPage } from "./pages/pictures-page.ts";
import { releasePage } from "./pages/release-page.ts";
import { reviewPage } from "./pages/review-page.ts";
import { runPage } from "./pages/run-page.ts";
import { searchPage } from "./pages/search-page.ts";
import { startPage } from "./pages/start-page.ts";
import { workspacePage } from "./pages/workspace-page.ts";
import { fail } from "./problems.ts";
import { CHANGED } from "./reply.ts";
import type { Reply, SendEvent } from "./reply.ts";
import type { Route } from "./routes.ts";
import { SCRIPT_PATH, STYLE_PATH } from "./send-reply.ts";
import { cancelRun, startFromForm } from "./start-from-form.ts";
import type { ServedStudy } from "./served-study.ts";
import { orderFrom } from "./releases/order-from-form.ts";

export const openRoutes: readonly Route[] = [
  { method: "GET", path: STYLE_PATH, answer: () => ownText("text/css", wholeStyle) },
  { method: "GET", path: SCRIPT_PATH, answer: () => ownText("text/javascript", pageScript) },
];

const styles = [pageStyle, reportStyle, auditStyle, chartStyle, flowStyle, serveStyle];
const wholeStyle = styles.join("");

function ownText(type: string, text: string): Reply {
  return { kind: "bytes", type: `${type}; charset=utf-8`, bytes: Buffer.from(text), saveAs: null };
}

export function studyRoutes(study: ServedStudy, formToken: string): readonly Route[] {
  const events = eventRoutes(study);
  const looking: readonly Route[] = [
    { method: "GET", path: "/", answer: ({ query }) => workspacePage(study, query) },
    {
      method: "GET",
      path: "/runs/:run",
      answer: ({ part }) => runPage(study, part("run"), formToken),
    },
    {
      method: "GET",
      path: "/runs/:run/outputs/:sha256",
      answer: ({ part, query }) => outputPage(study, part("run"), part("sha256"), query),
    },
    {
      method: "GET",
      path: "/runs/:run/files/:sha256",
      answer: ({ part }) => outputFile(study, part("run"), part("sha256")),
    },
    {
      method: "GET",
      path: "/runs/:run/changes",
      answer: ({ part }) => changesPage(study, part("run")),
    },
    {
      method: "GET",
      path: "/runs/:run/logs/:job",
      answer: ({ part }) => logPage(study, part("run"), part("job")),
    },
    { method: "GET", path: "/search", answer: ({ query }) => searchPage(study, query) },
    {
      method: "GET",
      path: "/runs/:run/pictures",
      answer: ({ part }) => picturesPage(study, part("run")),
    },
    ...events,
  ];
  const changing: readonly Route[] = [
    { method: "GET", path: "/start", answer: ({ query }) => startPage(study, query, formToken) },
    { method: "POST", path: "/runs", answer: ({ form }) => startFromForm(study, form) },
    {
      method: "POST",
      path: "/runs/:run/cancel",
      answer: ({ part }) => cancelRun(study, part("run")),
    },
  ];
  const releasing = releaseRoutes(study, formToken);
  return study.isReadOnly ? looking : [...looking, ...changing, ...releasing];
}

function releaseRoutes(study: ServedStudy, formToken: string): readonly Route[] {
  const see = (id: string): Reply => ({ kind: "see", path: `/reviews/${id}` });
  return [
    {
      method: "GET",
      path: "/runs/:run/release",
      answer: ({ part }) => releasePage(study, part("run"), formToken),
    },
    {
      method: "POST",
      path: "/runs/:run/reviews",
      answer: ({ part, form }) => see(study.releases.examine(orderFrom(study, part("run"), form))),
    },
    {
      method: "GET",
      path: "/reviews/:review",
      answer: ({ part }) => reviewPage(study, part("review"), formToken),
    },
    {
      method: "POST",
      path: "/reviews/:review/pack",
      answer: ({ part }) => {
        study.releases.pack(part("review"));
        return see(part("review"));
      },
    },
  ];
}

/** One feed for all who look at a run, and one for all who wait for runs. */
function eventRoutes(study: ServedStudy): readonly Route[] {
  const feeds = new WeakMap<LiveRun, LiveFeed>();
  const ofStudy = openStudyFeed(study);
  const feedOf = (id: string): LiveFeed => {
    const live = study.desk.current();
    if (live?.record().id !== id) return ofStudy;
    const feed = feeds.get(live) ?? openFeed(study, live);
    feeds.set(live, feed);
    return feed;
  };
  let streams = 0;
  const answer: Route["answer"] = ({ part }) => {
    if (streams >= MOST_STREAMS) return fail("too-many-pages", {});
    const id = part("run");
    const begin = (send: SendEvent) => {
      const feed = feedOf(id);
      const leave = feed.join(send);
      // It may have ended since its page was made.
      if ((id !== "" || part("review") !== "") && feed === ofStudy) send(CHANGED);
      streams += 1;
      return () => {
        streams -= 1;
        leave();
      };
    };
    return { kind: "events", begin };
  };
  return [
    { method: "GET", path: "/events", answer },
    { method: "GET", path: "/runs/:run/events", answer },
    { method: "GET", path: "/reviews/:review/events", answer },
  ];
}
