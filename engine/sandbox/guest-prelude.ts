/**
 * What runs in the interpreter before an author's file. It is text because it must run there, not
 * here. It keeps its own references to the built-in functions it needs: the author's file may replace
 * them all.
 *
 * Its value is a function of `ask(what, first, second)`, which the host provides and which takes and
 * gives text only, and of the parameters as JSON. That function puts `cohortlineHost` in place and
 * returns what the host needs afterwards: `stringify`, and `describe`, which tells of a thrown value.
 */
export const GUEST_PRELUDE = `(function (ask, paramsText) {
  "use strict";
  const { parse, stringify } = JSON;
  const { apply, construct } = Reflect;
  const { defineProperty, freeze, getOwnPropertyNames, setPrototypeOf } = Object;
  const { isArray } = Array;
  const { slice, startsWith } = String.prototype;
  const { test } = RegExp.prototype;
  const HostError = Error;
  const PlainString = String;
  const RealDate = Date;
  const fixed = (object, name, value) =>
    defineProperty(object, name, {
      __proto__: null,
      value,
      enumerable: true,
      writable: false,
      configurable: false,
    });

  // A reply is "+" and a value, or "-" and problems as JSON.
  const request = (what, first, second) => {
    const reply = ask(what, first, second);
    const rest = apply(slice, reply, [1]);
    if (apply(startsWith, reply, ["+"])) return rest;
    const problems = parse(rest);
    const error = new HostError(problems[0].message);
    fixed(error, "name", "ProblemError");
    fixed(error, "problems", problems);
    throw error;
  };
  const quote = (text, what) => {
    if (typeof text !== "string") throw new TypeError(what + " must be text");
    return stringify(text);
  };
  const refuse = (call) => request("refuse", call, "");

  const params = freeze(setPrototypeOf(parse(paramsText), null));
  const host = {
    __proto__: null,
    readText: freeze((path) => request("read", quote(path, "The path"), "")),
    writeText: freeze(
      (path, text) => request("write", quote(path, "The path"), quote(text, "The text")) === "true",
    ),
    warn: freeze((warning) => {
      request("warn", stringify(warning), "");
    }),
    params,
  };
  fixed(globalThis, "cohortlineHost", freeze(host));

  // Lines for the author; nobody else reads them, and they change nothing.
  const shown = (value) => {
    if (typeof value === "string") return value;
    try {
      return (typeof value === "object" && stringify(value)) || PlainString(value);
    } catch {
      return "something that cannot be shown";
    }
  };
  const print = (...values) => {
    let line = "";
    for (let i = 0; i < values.length; i++) {
      line += (i === 0 ? "" : " ") + apply(slice, shown(values[i]), [0, 4000]);
    }
    request("print", apply(slice, line, [0, 4000]), "");
  };
  const lines = { __proto__: null };
  for (const name of ["log", "info", "debug", "warn", "error", "table", "dir", "trace"]) {
    lines[name] = freeze(print.bind(undefined));
  }
  fixed(globalThis, "console", freeze(lines));

  // A study must mean the same on each run and on each machine: no chance, no clock, no time zone.
  fixed(Math, "random", () => refuse("random"));
  fixed(RealDate, "now", () => refuse("now"));
  const dates = RealDate.prototype;
  for (const name of getOwnPropertyNames(dates)) {
    const utc = name.replace(/^(get|set)(?!UTC)/, "$1UTC");
    if (utc !== name && utc in dates) dates[name] = dates[utc];
  }
  dates.getTimezoneOffset = () => 0;
  dates.toString = dates.toLocaleString = dates.toUTCString;
  for (const part of ["Date", "Time"]) {
    delete dates["to" + part + "String"];
    delete dates["toLocale" + part + "String"];
  }
  const { parse: parseDate, UTC } = RealDate;
  const zoned = /(?:z|gmt|utc|[+-]\\d\\d:?\\d\\d)\\s*$|^[+-]?\\d{4,6}(?:-\\d\\d){0,2}$/i;
  const parseAsUtc = (text) => {
    if (apply(test, zoned, [text])) return parseDate(text);
    const time = parseDate(text + "Z");
    return time === time ? time : parseDate(text + " UTC");
  };
  fixed(RealDate, "parse", (text) => parseAsUtc(PlainString(text)));
  const timeOf = (given) => {
    if (given.length > 1) return apply(UTC, RealDate, given);
    return typeof given[0] === "string" ? parseAsUtc(given[0]) : given[0];
  };
  const GuestDate = new Proxy(RealDate, {
    __proto__: null,
    apply: () => refuse("now"),
    construct(target, given, made) {
      // A subclass may make an empty date and set it later.
      if (given.length === 0) return made === GuestDate ? refuse("now") : construct(target, [0], made);
      return construct(target, [timeOf(given)], made);
    },
  });
  fixed(dates, "constructor", GuestDate);
  fixed(globalThis, "Date", GuestDate);
  defineProperty(globalThis, "Promise", {
    __proto__: null,
    get: () => refuse("promise"),
    configurable: false,
  });

  const told = (read, limit) => {
    try {
      const value = read();
      return value === undefined ? "" : apply(slice, PlainString(value), [0, limit]);
    } catch {
      return "";
    }
  };
  const describe = (thrown) => {
    const isObject = (typeof thrown === "object" && thrown !== null) || typeof thrown === "function";
    if (!isObject) {
      return stringify({ __proto__: null, name: "", message: told(() => thrown, 4000), stack: "", problems: "" });
    }
    return stringify({
      __proto__: null,
      name: told(() => thrown.name, 400),
      message: told(() => thrown.message, 4000),
      stack: told(() => thrown.stack, 20000),
      problems: told(() => (isArray(thrown.problems) ? stringify(thrown.problems) : ""), 400000),
    });
  };
  return freeze({ __proto__: null, stringify, describe });
})`;
