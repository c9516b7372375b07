/** What no reader needs more of, so that nobody can keep the server from others. */

/** A form with thousands of actions is smaller. */
export const MOST_FORM_BYTES = 256 * 1024;
export const MOST_HEADER_BYTES = 16 * 1024;
export const MOST_CONNECTIONS = 256;
export const MOST_STREAMS = 100;
/** Of a stream whose reader does not read. */
export const MOST_WAITING_BYTES = 4 * 1024 * 1024;
export const HEADER_MILLISECONDS = 5_000;
export const REQUEST_MILLISECONDS = 10_000;
export const CHECK_MILLISECONDS = 1_000;
