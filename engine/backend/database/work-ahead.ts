/** The database at work for the next cohort while the rows of one are used, where it can hold an answer. */
import type { PatientIds } from "./column-store.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { Prepared } from "../../sql/gather.ts";
import { querySql } from "../../sql/query.ts";
import { keepTables, whileKept } from "./keep-tables.ts";
import type { Keeping } from "./keep-tables.ts";
import type { ColumnChunk, Session } from "./session.ts";

/** Rows of a cohort for a range of patients, to be read once. */
export interface Answer {
  /** Of the patients, by their numbers. */
  readonly ids: PatientIds;
  readonly chunks: AsyncIterable<ColumnChunk>;
  /** To be called when they are read. */
  readonly end: () => Promise<void>;
}

/** What an answer that the database holds was made from need not wait for its being read. */
export async function beginAnswer(
  { before, query }: Prepared,
  keeping: Keeping,
): Promise<Omit<Answer, "ids">> {
  const { begin, chunks } = keeping.session;
  if (begin === null) {
    const end = await keepTables(before, keeping);
    return { chunks: chunks(querySql(query)), end };
  }
  const held = await whileKept(before, keeping, () => begin(querySql(query)));
  return { chunks: held, end: () => Promise.resolve() };
}

/** At an index date, for the range of patients at a place. */
type AnswerAt = (indexDate: IsoDate | null, place: number) => Promise<Answer>;

export interface WorkAhead {
  /** Begins an answer before it is taken, if the database can. */
  readonly begin: (indexDate: IsoDate | null, place: number) => void;
  readonly take: AnswerAt;
  /** Ends what was begun. A connection must not be closed while it works. */
  readonly stop: () => Promise<void>;
}

export function workAhead({ begin, interrupt }: Session, answer: AnswerAt): WorkAhead {
  const begun = new Map<string, Promise<Answer>>();
  const start: AnswerAt = (indexDate, place) => {
    const key = `${indexDate ?? ""} ${place}`;
    const running = begun.get(key) ?? answer(indexDate, place);
    // A failure is reported where the rows are read, which may be later, or never.
    running.catch(() => undefined);
    begun.set(key, running);
    return running;
  };
  return {
    begin: (indexDate, place) => {
      if (begin !== null) void start(indexDate, place);
    },
    take: async (indexDate, place) => {
      const taken = await start(indexDate, place);
      begun.clear();
      return taken;
    },
    stop: async () => {
      if (begun.size === 0) return;
      interrupt();
      await Promise.allSettled(begun.values());
    },
  };
}
