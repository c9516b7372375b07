/** The script of all pages: replaces what has changed, shows the reader's own time, and says when the server is gone. */
export const pageScript = `"use strict";
(() => {
  const main = document.querySelector("main");
  const gone = document.getElementById("gone");
  const events = main && main.dataset.events;
  const isStill = main && "still" in main.dataset;

  const own = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const showTimes = (part) => {
    for (const time of part.querySelectorAll("time:not([title])")) {
      time.title = own.format(new Date(time.dateTime)) + " " + zone;
      const small = document.createElement("small");
      small.className = "soft own-time";
      small.textContent = " (" + time.title + ")";
      if (zone !== "UTC" && time.closest("dd, .times")) time.after(small);
    }
  };

  const stateOf = (part) => ({
    open: [...part.querySelectorAll("details")].map((each) => each.open),
    focus: part.contains(document.activeElement) ? document.activeElement.id : "",
  });
  const put = (old, part) => {
    const { open, focus } = stateOf(old);
    old.replaceWith(part);
    const details = [...part.querySelectorAll("details")];
    if (details.length === open.length) details.forEach((each, at) => { each.open = open[at]; });
    for (const log of part.querySelectorAll(".log")) log.scrollTop = log.scrollHeight;
    if (focus) document.getElementById(focus)?.focus();
    showTimes(part);
  };
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  const refresh = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = parsed(await answer.text());
    document.title = page.title;
    const now = document.querySelector("main");
    const then = page.querySelector("main");
    if (!now || !then) return;
    put(now, document.adoptNode(then));
    if (then.dataset.events !== events) location.reload();
  };

  let source = null;
  const listen = () => {
    if (!events || source || document.hidden) return;
    source = new EventSource(events);
    source.addEventListener("open", () => { gone.hidden = true; });
    source.addEventListener("part", ({ data }) => {
      const { id, html } = JSON.parse(data);
      const old = document.getElementById(id);
      const part = parsed(html).body.firstElementChild;
      if (old && part) put(old, document.adoptNode(part));
    });
    source.addEventListener("changed", () => { if (!isStill) void refresh(); });
    source.addEventListener("error", () => {
      gone.hidden = false;
      if (source.readyState !== EventSource.CLOSED) return;
      stop();
      setTimeout(listen, 1000);
    });
  };
  const stop = () => {
    source?.close();
    source = null;
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return stop();
    if (events && !isStill) void refresh().catch(() => undefined);
    listen();
  });
  addEventListener("pagehide", stop);
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = document.getElementById("search");
    if (!search) return;
    event.preventDefault();
    search.focus();
  });
  for (const log of document.querySelectorAll(".log")) log.scrollTop = log.scrollHeight;
  if (main) showTimes(document);
  listen();
})();
`;
