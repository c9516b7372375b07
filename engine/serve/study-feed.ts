/** Pages that wait for runs to begin, to get on and to end, wherever they were started. */
import { watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { metadataPaths } from "../pipeline/record/metadata-paths.ts";
import type { LiveFeed } from "./live-feed.ts";
import { CHANGED } from "./reply.ts";
import type { SendEvent } from "./reply.ts";
import type { ServedStudy } from "./served-study.ts";
import { toldSoon } from "./told-soon.ts";

/** A record is written as a whole and then renamed: several signs of one change. */
const PACE = { first: 50, between: 200 };

/** Says only that something changed: what it is, each page asks for itself. */
export function openStudyFeed({ context, desk, releases }: ServedStudy): LiveFeed {
  const readers = new Set<SendEvent>();
  let watching: FSWatcher | null = null;
  const soon = toldSoon(() => {
    for (const send of readers) send(CHANGED);
  }, PACE);
  const changed = (): void => {
    if (readers.size > 0) soon.changed();
  };
  desk.hear(changed);
  releases.hear(changed);
  return {
    join: (send) => {
      readers.add(send);
      watching ??= watched(metadataPaths(context.folder).runs, changed);
      return () => {
        readers.delete(send);
        if (readers.size > 0) return;
        watching?.close();
        watching = null;
      };
    },
  };
}

/** Null where there is no such folder yet: then only runs of this server are heard of. */
function watched(folder: string, changed: () => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, changed).on("error", changed);
  } catch {
    return null;
  }
}
