/** What hostile studies in Python try, through the real command. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, cohortline, inWorkspace } from "../commands/workspace.ts";
import { checkedPython, minimalStudy, pythonStudies, saidOf } from "./python-workspace.ts";

/** Each is tried for itself: what it gives, or the exception that it ends with. */
const attempts: readonly (readonly [expression: string, ends: RegExp])[] = [
  // Ways out of other interpreters.
  ["__import__('js')", /^ModuleNotFoundError/],
  ["__import__('pyodide_js')", /^ModuleNotFoundError/],
  ["__import__('_pyodide_core')", /^ModuleNotFoundError/],
  ["[t.__name__ for t in object.__subclasses__() if 'JsProxy' in t.__name__]", /^\[\]$/],
  ["[o for o in __import__('gc').get_objects() if type(o).__name__ == 'JsProxy']", /^\[\]$/],
  ["__import__('importlib').import_module('node')", /^ModuleNotFoundError/],
  // The machine.
  ["dict(__import__('os').environ)", /^\{\}$/],
  ["__import__('os').getenv('DATABASE_URL')", /^None$/],
  ["__import__('os').system('id')", /^NotHereError/],
  ["__import__('os').popen('id')", /Error/],
  ["__import__('os').fork()", /^AttributeError/],
  ["__import__('os').kill(1, 9)", /Error/],
  ["__import__('subprocess').run(['id'])", /Error/],
  ["__import__('signal').alarm(1)", /^AttributeError/],
  ["__import__('threading').Thread(target=print).start()", /Error/],
  ["__import__('_thread').start_new_thread(print, ())", /Error/],
  ["__import__('ctypes').CDLL(None)", /NotHereError/],
  ["__import__('multiprocessing').Process(target=print).start()", /NotHereError/],
  ["__import__('socket').socket()", /Error/],
  ["__import__('socket').create_connection(('127.0.0.1', 80))", /Error/],
  ["__import__('urllib.request').request.urlopen('http://127.0.0.1/')", /Error/],
  ["__import__('os').getuid()", /AttributeError|^0$/],
  ["__import__('platform').node()", /^'\(none\)'$/],
  // Files.
  ["open('/etc/passwd').read()", /FileNotFoundError/],
  ["open('/proc/self/environ').read()", /FileNotFoundError/],
  ["open('../../../../etc/passwd').read()", /Error/],
  ["open('/study/../../etc/passwd').read()", /Error/],
  ["open('.git/config').read()", /FileNotFoundError|PermissionError/],
  ["open('analysis/.secret').read()", /FileNotFoundError|PermissionError/],
  ["open('linked/outside.txt').read()", /FileNotFoundError|PermissionError/],
  ["open('output/input.csv').read()", /PermissionError/],
  ["open('output/beside.csv').read()", /PermissionError/],
  ["open('extract/patients.csv').read()", /PermissionError/],
  ["open('picture.bin', 'rb').read()", /PermissionError/],
  ["sorted(__import__('os').listdir('/'))", /^\['cohortline', 'host', 'study'\]$/],
  ["'.git' in __import__('os').listdir('.')", /^False$/],
  ["__import__('os').symlink('/etc', 'etc')", /OSError|NotImplementedError|PermissionError/],
  ["__import__('os').link('/etc/passwd', 'passwd')", /Error/],
  ["__import__('os').chmod('codes.csv', 0o777)", /Error|^None$/],
  ["__import__('os').remove('codes.csv')", /Error/],
  ["__import__('os').rename('codes.csv', 'lost.csv')", /Error/],
  ["__import__('shutil').rmtree('/study')", /Error/],
  ["open('/cohortline/cohortextractor/__init__.py', 'w')", /Error/],
  ["open('/host/answer', 'w')", /Error/],
  ["open('/somewhere', 'w')", /Error/],
  ["open('.hidden', 'w')", /Error/],
  // Time and chance are the same in each run.
  ["__import__('random').random() == __import__('random').Random(1).random()", /^False$/],
  ["__import__('time').sleep(100000)", /Error/],
  ["__import__('os').urandom(4).hex() == '00000000'", /^False$/],
];

const trying = `
import json
from cohortextractor import *
for expression in json.load(open("attempts.json")):
    try:
        ended = repr(eval(expression))
    except BaseException as error:
        ended = f"{type(error).__name__}"
    print("TRIED", json.dumps([expression, ended]))
${minimalStudy}`;

describe("a study in Python that tries to get out", () => {
  it("reaches nothing of the machine, and no file but the text files of its study", async () => {
    const files = {
      ...pythonStudies({ hostile: trying }),
      "attempts.json": JSON.stringify(attempts.map(([expression]) => expression)),
      "codes.csv": "code\n1\n",
      ".git/config": "secret",
      "analysis/.secret": "secret",
      "output/input.csv": "patient_id,sex\n1,F\n",
      "output/beside.csv": "age,count\n50,1\n",
      "output/cohortline.manifest.json": "{}",
      "extract/patients.csv": '"patient_id","age"\n1,50\n',
      "picture.bin": "a\0b",
    };
    await inWorkspace({}, async (outside) => {
      writeFileSync(join(outside, "outside.txt"), "secret");
      await inWorkspace(files, async (folder) => {
        symlinkSync(outside, join(folder, "linked"));
        const { code, out, err } = await alone(folder, ["check"], { SECRET: "secret" });
        assert.equal(code, 0, err);
        const said = [...(out + err).matchAll(/TRIED (\[.*\])/g)].map(
          ([, json = ""]) => JSON.parse(json) as [string, string],
        );
        const ends = new Map(said);
        assert.equal(ends.size, attempts.length);
        const wrong = attempts.filter(([expression, end]) => !end.test(ends.get(expression) ?? ""));
        assert.deepEqual(
          wrong.map(([expression]) => [expression, ends.get(expression)]),
          [],
        );
        assert.equal(readFileSync(join(folder, "codes.csv"), "utf8"), "code\n1\n");
        assert.ok(!existsSync(join(folder, "lost.csv")));
      });
    });
  });

  it("is ended, and told of, where it takes too much or ends the interpreter", async () => {
    const said = await checkedPython({
      memory: `text = "x"\nwhile True:\n    text += text\n${minimalStudy}`,
      recursion: `def f(n):\n    return f(n + 1)\nf(0)\n${minimalStudy}`,
      nested: `exec("[" * 5000 + "]" * 5000)\n${minimalStudy}`,
      exit: `import os\nos._exit(3)\n`,
      leave: `import sys\nsys.exit("bye")\n`,
      abort: `import os\nos.abort()\n`,
      bytecode: `f = lambda: 0\nf.__code__ = f.__code__.replace(co_code=bytes(range(256)))\nf()\n`,
      result: `open("/host/result", "w").write("[" * 100000)\nimport os\nos._exit(0)\n`,
      forged: `import json, os\nopen("/host/result", "w").write(json.dumps({"kind": "study", "study": {"__proto__": 1}, "measures": 7, "codelists": []}))\nos._exit(0)\n`,
    });
    assert.equal(said.code, 1, said.err);
    const first = (name: string): string => saidOf(said, name)[0] ?? "";
    assert.match(first("memory"), /:3: .*512 megabytes.*study-used-too-much-memory/s);
    assert.match(first("recursion"), /:2: .*nested too deep.*return f\(n \+ 1\)/s);
    assert.match(first("nested"), /:1: /);
    for (const name of ["exit", "abort", "bytecode", "result"]) {
      assert.match(first(name), /ended the interpreter.*python-ended/s, name);
    }
    assert.match(first("leave"), /:2: The study stopped with SystemExit: bye/);
    assert.match(said.err, /study-result-not-data|forbidden-name/);
    assert.doesNotMatch(said.err, /This is a bug/);
  });
});

describe("files that a study in Python writes while it is loaded", () => {
  const writing = `
import json, os
os.makedirs("output/made/deeper", exist_ok=True)
with open("output/summary.json", "w") as f:
    json.dump({"a": 1}, f)
with open("output/summary.json", "a") as f:
    f.write("\\n")
assert json.load(open("output/summary.json")) == {"a": 1}
with open("codelists/own.csv", "w") as f:
    f.write("code\\n195967001\\n")
from cohortextractor import *
codes = codelist_from_csv("codelists/own.csv", system="snomed")
assert codes == ["195967001"]
open("output/scratch.txt", "w").write("x")
os.rename("output/scratch.txt", "output/renamed.txt")
os.remove("output/renamed.txt")
${minimalStudy}`;

  it("are seen by the study, and stay off the disk unless its action declares them", async () => {
    const project = (output: string): string =>
      `version: "3.0"\nexpectations: { population_size: 10 }\nactions:\n  make:\n    run: cohortextractor:latest generate_cohort --study-definition study_definition_w\n    outputs: { highly_sensitive: { cohort: output/input_w.csv, summary: ${output} } }\n`;
    const files = {
      ...pythonStudies({ w: writing }),
      "codelists/own.csv": "code\n271737000\n",
      "project.yaml": project("output/summary.json"),
    };
    await inWorkspace(files, async (folder) => {
      mkdirSync(join(folder, "output"));
      const checked = await cohortline(folder, ["check"]);
      assert.equal(checked.code, 0, checked.err);
      assert.match(checked.err, /writes "codelists\/own\.csv".*study-write-kept/s);
      assert.ok(!existsSync(join(folder, "output/made/deeper")));
      const words = ["generate_cohort", "--expectations-population", "10"];
      const made = await cohortline(folder, words);
      assert.equal(made.code, 0, made.err);
      assert.equal(readFileSync(join(folder, "output/summary.json"), "utf8"), '{"a": 1}\n');
      assert.equal(readFileSync(join(folder, "codelists/own.csv"), "utf8"), "code\n271737000\n");
    });
  });
});
