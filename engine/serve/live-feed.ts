/**
 * What pages of a run are told while it goes on: those parts of the page that are others now, drawn once for all
 * who look. Changes that come close together are told together.
 */
import { jobBlock, jobElement } from "../pipeline/report/jobs-section.ts";
import { livingParts } from "../pipeline/report/report-page.ts";
import type { LivingPart } from "../pipeline/report/report-page.ts";
import type { LiveRun } from "./live-run.ts";
import type { SendEvent } from "./reply.ts";
import { extrasOf } from "./run-extras.ts";
import type { ServedStudy } from "./served-study.ts";

/** A reader sees no difference; a run that writes thousands of lines must not be kept from its work. */
const MILLISECONDS_BETWEEN = 150;

export interface LiveFeed {
  readonly join: (send: SendEvent) => () => void;
}

export function openFeed(study: ServedStudy, live: LiveRun): LiveFeed {
  const readers = new Set<SendEvent>();
  const told = new Map<string, string>();
  const changed = new Set<string | null>();
  let timer: NodeJS.Timeout | null = null;
  const tell = (): void => {
    timer = null;
    const parts = changed.has(null) ? allParts(study, live) : jobParts(study, live, changed);
    changed.clear();
    for (const part of parts) tellPart(part, told, readers);
  };
  const leave = live.hear((action) => {
    if (readers.size === 0) return;
    changed.add(action);
    timer ??= setTimeout(tell, MILLISECONDS_BETWEEN).unref();
  });
  void live.ended.then(() => {
    leave();
    if (timer !== null) clearTimeout(timer);
    for (const send of readers) send("changed", "{}");
    readers.clear();
  });
  return {
    join: (send) => {
      readers.add(send);
      for (const part of allParts(study, live)) tellPart(part, new Map(), new Set([send]));
      return () => void readers.delete(send);
    },
  };
}

function tellPart(
  { id, html }: LivingPart,
  told: Map<string, string>,
  readers: ReadonlySet<SendEvent>,
): void {
  const text = html.toString();
  if (told.get(id) === text) return;
  told.set(id, text);
  const data = partJson(id, text);
  for (const send of readers) send("part", data);
}

function partJson(id: string, html: string): string {
  return JSON.stringify({ id, html });
}

function allParts(study: ServedStudy, live: LiveRun): readonly LivingPart[] {
  const run = live.record();
  return livingParts(run, extrasOf(study, { run, isOurs: true, live }));
}

function jobParts(
  study: ServedStudy,
  live: LiveRun,
  actions: ReadonlySet<string | null>,
): readonly LivingPart[] {
  const run = live.record();
  const { besideJob } = extrasOf(study, { run, isOurs: true, live });
  return run.jobs
    .filter(({ action }) => actions.has(action))
    .map((job) => ({ id: jobElement(job), html: jobBlock(job, besideJob(job)) }));
}
