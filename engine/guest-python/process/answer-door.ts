/** The process's side of the door: what a guest may ask, and nothing else. */
import { join } from "node:path";
import { isRecord } from "../../base/is-record.ts";
import type { GuestEnd, GuestRequest } from "../guest-request.ts";
import { notebookKeeper } from "../notebook/notebook-keeper.ts";
import type { NotebookKeeper } from "../notebook/notebook-keeper.ts";
import { frameIn } from "../tables/frame.ts";
import { tableDoor } from "../tables/table-door.ts";
import type { TableDoor } from "../tables/table-door.ts";
import type { DoorPort, DoorQuestion } from "./guest-door.ts";

export interface DoorKeeper {
  /** Hears when a cell has taken longer than it may; `at` says which. */
  readonly onLate: (hear: (at: string) => void) => void;
  /** Called once when the guest has ended: what is left to be written, and how the action ends by that. */
  readonly finish: (end: GuestEnd) => Promise<GuestEnd>;
}

/** As the guest's modules write it, or whatever an author puts in its place. */
interface Question {
  readonly kind?: unknown;
  readonly cell?: unknown;
  readonly output?: unknown;
}

export function answerDoor(request: GuestRequest, { port, bell }: DoorPort): DoorKeeper {
  const { program, workspace, byEngine } = request;
  const notebook = program.kind === "notebook" ? notebookKeeper(workspace, program) : null;
  const clock = cellClock(program.kind === "notebook" ? program.cellSeconds : null);
  let isOutOfMemory = false;
  const hear = ({ kind, cell, output }: Question): void => {
    if (kind === "out-of-memory") isOutOfMemory = true;
    if (kind === "cell" && typeof cell === "number") {
      notebook?.begin(cell);
      clock.start(notebook);
    }
    if (kind === "output") notebook?.add(output);
  };
  const tables = tableDoor(new Set(byEngine.map((path) => join(workspace, path))));
  port.on("message", (question: DoorQuestion) => {
    void answerOf(question, { hear, tables }).then((answer) => {
      port.postMessage({ answer });
      Atomics.store(bell, 0, 1);
      Atomics.notify(bell, 0);
    });
  });
  return {
    onLate: clock.onLate,
    finish: async (ended) => {
      clock.stop();
      await tables.close();
      const end: GuestEnd = { ...ended, stopped: isOutOfMemory ? "memory" : ended.stopped };
      return notebook === null ? end : await notebook.write(end);
    },
  };
}

interface Hearing {
  readonly hear: (question: Question) => void;
  readonly tables: TableDoor;
}

async function answerOf(
  { frame, real }: DoorQuestion,
  { hear, tables }: Hearing,
): Promise<Uint8Array> {
  const asked = frameIn(frame);
  if (asked === null || !isRecord(asked.head)) return new Uint8Array();
  const name = String(asked.head["file"]);
  const answer = tables.answer({ ...asked, file: real === null ? null : { name, real } });
  if (answer !== null) return await answer;
  hear(asked.head);
  return new Uint8Array();
}

/** Wound up with each cell; null never rings. */
function cellClock(seconds: number | null) {
  let timer: NodeJS.Timeout | undefined;
  let ring: (at: string) => void = () => undefined;
  return {
    start: (notebook: NotebookKeeper | null) => {
      clearTimeout(timer);
      if (seconds === null) return;
      const milliseconds = Math.min(seconds * 1000, 2 ** 31 - 1);
      timer = setTimeout(() => {
        ring(String(notebook?.count() ?? 0));
      }, milliseconds);
    },
    stop: () => {
      clearTimeout(timer);
    },
    onLate: (hear: (at: string) => void) => {
      ring = hear;
    },
  };
}
