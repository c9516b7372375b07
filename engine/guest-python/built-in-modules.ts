/** Modules of Python that are compiled into the build, and have no file in its library. */
export const builtInModules: readonly string[] = [
  ...["array", "atexit", "binascii", "builtins", "cmath", "errno", "faulthandler", "gc"],
  ...["itertools", "marshal", "math", "posix", "pyexpat", "select", "sys", "time"],
  ...["unicodedata", "zlib", "__main__"],
];
