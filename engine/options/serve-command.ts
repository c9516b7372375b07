/** The command that shows a study's runs in a browser. */
import { databaseUrl, shared } from "./common-options.ts";
import { flag, portOr, text } from "./option.ts";

export const serveCommand = {
  serve: {
    about: "Show this folder's runs in a browser on this machine, and run actions from there.",
    arguments: {},
    options: {
      port: portOr("n", "port of 127.0.0.1 to listen on; 0 for any that is free", 8853),
      socket: text("path", "listen on this socket instead, which only you can open"),
      databaseUrl,
      localTools: flag("run other images' programs on this machine, not in containers"),
      readOnly: flag("show only: nothing can be started or cancelled from the pages"),
      shared,
    },
    details: `Prints one address, which opens once: your browser then keeps a cookie, and nobody else's
gets in. Only this machine can reach it. Highly sensitive files are shown by name, size, rows and hash
alone. Ctrl-C ends it, and the run that was started from it as Ctrl-C ends \`cohortline run\`.`,
    examples: ["serve", "serve --read-only --port 9000"],
  },
} as const;
