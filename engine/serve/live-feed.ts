/**
 * What pages of a run are told while it goes on: those parts of the page that are others now, drawn once for all
 * who look. Changes that come close together are told together.
 */
import { jobBlock, jobElement } from "../pipeline/report/jobs-section.ts";
import { livingParts } from "../pipeline/report/report-page.ts";
import type { LivingPart } from "../pipeline/report/report-page.ts";
import type { LiveRun } from "./live-run.ts";
import { CHANGED, eventBytes } from "./reply.ts";
import type { SendEvent } from "./reply.ts";
import { extrasOf } from "./run-extras.ts";
import type { ServedStudy } from "./served-study.ts";
import { toldSoon } from "./told-soon.ts";

/** A reader sees no difference; a run that writes thousands of lines must not be kept from its work. */
const PACE = { first: 20, between: 150 };

export interface LiveFeed {
  readonly join: (send: SendEvent) => () => void;
}

export function openFeed(study: ServedStudy, live: LiveRun): LiveFeed {
  const readers = new Set<SendEvent>();
  const told = new Map<string, string>();
  const changed = new Set<string | null>();
  const tell = (): void => {
    const parts = changed.has(null) ? allParts(study, live) : jobParts(study, live, changed);
    changed.clear();
    for (const part of parts) tellPart(part, told, readers);
  };
  const soon = toldSoon(tell, PACE);
  const leave = live.hear((action) => {
    if (readers.size === 0) return;
    changed.add(action);
    soon.changed();
  });
  void live.ended.then(() => {
    leave();
    soon.stop();
    for (const send of readers) send(CHANGED);
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
  const event = eventBytes("part", JSON.stringify({ id, html: text }));
  for (const send of readers) send(event);
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
