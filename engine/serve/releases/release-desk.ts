/** Where releases are examined and packed from pages: one at a time, in a thread, for as long as the server is there. */
import { randomBytes } from "node:crypto";
import type { ReviewAnswer } from "../../commands/releases/review-release.ts";
import { startReview } from "../../commands/releases/review-thread.ts";
import type { Reviewing } from "../../commands/releases/review-thread.ts";
import { fail } from "../problems.ts";
import type { ReleaseToExamine } from "../../commands/releases/examine-release.ts";
import type { RunRecord } from "../../pipeline/record/run-record.ts";

export interface ReleaseOrder {
  readonly run: RunRecord;
  readonly asked: ReleaseToExamine;
  /** Of the pack, from the study's folder. */
  readonly to: string;
}

export interface Review {
  readonly id: string;
  readonly order: ReleaseOrder;
  /** Null while it is examined. */
  readonly examined: ReviewAnswer | null;
  /** Absent where nobody asked for it. */
  readonly packed?: ReviewAnswer | "working";
}

export interface ReleaseDesk {
  /** Gives its identifier. Problem: release-under-way. */
  readonly examine: (order: ReleaseOrder) => string;
  /** Once more from the files, which may have changed since. Problems: release-under-way, review-unknown. */
  readonly pack: (id: string) => void;
  /** Problem: review-unknown. */
  readonly review: (id: string) => Review;
  readonly hear: (change: () => void) => void;
  /** Nothing is left half written. */
  readonly stop: () => Promise<void>;
}

/** Each holds some thousand lines at most; who needs an older one asks again. */
const MOST_KEPT = 20;

export function openReleaseDesk(folder: string, tellBug: (bug: unknown) => void): ReleaseDesk {
  const reviews = new Map<string, Review>();
  const hearers: (() => void)[] = [];
  let working: Reviewing | null = null;
  const put = (id: string, change: Partial<Review>): void => {
    const review = reviews.get(id);
    if (review !== undefined) reviews.set(id, { ...review, ...change });
    for (const hear of hearers) hear();
  };
  const work = (order: ReleaseOrder, to: string | null, then: (a: ReviewAnswer) => void): void => {
    if (working !== null) fail("release-under-way", {});
    const own = startReview({ workspace: folder, asked: order.asked, to });
    working = own;
    void own.answer
      .catch((bug: unknown) => {
        tellBug(bug);
        return { kind: "problems", problems: [] } as const;
      })
      .then((answer) => {
        working = null;
        then(answer);
      });
  };
  const review = (id: string): Review => reviews.get(id) ?? fail("review-unknown", {});
  return {
    examine: (order) => {
      const id = randomBytes(8).toString("hex");
      work(order, null, (examined) => {
        put(id, { examined });
      });
      reviews.set(id, { id, order, examined: null });
      const [oldest] = reviews.keys();
      if (reviews.size > MOST_KEPT && oldest !== undefined) reviews.delete(oldest);
      return id;
    },
    pack: (id) => {
      const { order } = review(id);
      work(order, order.to, (packed) => {
        put(id, { packed });
      });
      put(id, { packed: "working" });
    },
    review,
    hear: (change) => void hearers.push(change),
    stop: async () => {
      const last = working;
      last?.stop();
      await last?.answer.catch(() => undefined);
    },
  };
}
