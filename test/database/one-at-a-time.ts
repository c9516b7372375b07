/** A session as a connection that can do one thing at a time: whoever asks for two gets an error. */
import type { Session } from "../../engine/backend/database/session.ts";

export function oneAtATime(session: Session): Session {
  let isBusy = false;
  const begin = (): void => {
    if (isBusy) throw new Error("the connection is busy with another statement");
    isBusy = true;
  };
  const alone = async <T>(act: () => Promise<T>): Promise<T> => {
    begin();
    return act().finally(() => {
      isBusy = false;
    });
  };
  return {
    ...session,
    run: (statement) => alone(() => session.run(statement)),
    rows: (statement) => alone(() => session.rows(statement)),
    upload: (table) => alone(() => session.upload(table)),
    chunks: async function* (statement) {
      begin();
      try {
        yield* session.chunks(statement);
      } finally {
        isBusy = false;
      }
    },
  };
}
