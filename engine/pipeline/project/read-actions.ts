/** The actions of a project.yaml, each as it is written. */
import { plainYaml } from "../../base/yaml-tree.ts";
import type { YamlEntry, YamlNode } from "../../base/yaml-tree.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { RUN_ALL, securityLevels } from "./project.ts";
import type { Action, DeclaredOutput, Need, SecurityLevel } from "./project.ts";
import { LATEST_VERSION } from "./read-version.ts";
import { readRun } from "./read-run.ts";
import { entriesOf, knownEntries, missingKey, textOf, wrongKind } from "./shape.ts";
import type { Part } from "./shape.ts";

interface Reading {
  readonly version: number;
  readonly findings: Findings;
}

const KEYS = ["run", "outputs", "needs", "config", "dummy_data_file"] as const;
const NAME = /^[A-Za-z0-9_-]{1,100}$/;

export function readActions(part: Part, reading: Reading): readonly Action[] {
  const { version, findings } = reading;
  return entriesOf(part, findings).flatMap((entry) => {
    if (entry.key === RUN_ALL) {
      const { problems, warnings } = findings;
      const into = version < LATEST_VERSION ? warnings : problems;
      report(into, "action-run-all", { version }, entry.at);
      return [];
    }
    if (!NAME.test(entry.key)) {
      report(findings.problems, "action-name", { action: entry.key }, entry.at);
    }
    return readAction(entry, findings);
  });
}

function readAction({ key: name, at, value: node }: YamlEntry, findings: Findings): Action {
  const part = { node, what: `action ${name}` };
  const entries = knownEntries(part, KEYS, findings);
  const partOf = (key: (typeof KEYS)[number]): Part | null => {
    const entry = entries.get(key);
    return entry === undefined ? null : { node: entry.value, what: `${key} of ${name}` };
  };
  for (const key of ["run", "outputs"]) {
    if (!entries.has(key) && node.kind === "map") missingKey(key, part, findings);
  }
  const [run, outputs, needs] = [partOf("run"), partOf("outputs"), partOf("needs")];
  const [config, dummy] = [partOf("config"), partOf("dummy_data_file")];
  return {
    name,
    at,
    ...readRun(name, run, findings),
    runAt: run?.node.at ?? at,
    config: config === null ? null : configOf(config, findings),
    needs: needs === null ? [] : needsOf(name, needs, findings),
    outputs: outputs === null ? [] : outputsOf(name, outputs, findings),
    dummyDataFile: dummy === null ? null : textOf(dummy, findings),
  };
}

/** JSON in which a ' cannot end a shell's quotes. spec/pipeline.md 1.6. */
function configOf(part: Part, findings: Findings): string | null {
  if (part.node.kind !== "map") {
    wrongKind(part, "a mapping: names followed by a colon", findings);
    return null;
  }
  return JSON.stringify(plainYaml(part.node)).replaceAll("'", "\\u0027");
}

function needsOf(action: string, part: Part, findings: Findings): readonly Need[] {
  const { node } = part;
  if (node.kind === "scalar" && node.value === null) return [];
  if (node.kind !== "list") {
    wrongKind(part, `a list, such as [${wordsIn(node)}]`, findings);
    return [];
  }
  return node.items.flatMap((item) => {
    const name = item.kind === "scalar" ? item.value : null;
    if (typeof name === "string" && !/\s/.test(name)) return [{ name, at: item.at }];
    const given = JSON.stringify(plainYaml(item));
    report(findings.problems, "need-not-a-name", { action, given }, item.at);
    return [];
  });
}

function wordsIn(node: YamlNode): string {
  const text = node.kind === "scalar" ? String(node.value).trim() : "";
  return text === "" ? "first, second" : text.split(/[\s,]+/).join(", ");
}

function outputsOf(action: string, part: Part, findings: Findings): readonly DeclaredOutput[] {
  const levels = knownEntries(part, securityLevels, findings);
  const outputs = [...levels.values()].flatMap((entry) => {
    const level = entry.key as SecurityLevel;
    const inLevel = { node: entry.value, what: `${level} of ${action}` };
    return entriesOf(inLevel, findings).flatMap(({ key, value }) => {
      const pattern = textOf({ node: value, what: `output ${key} of ${action}` }, findings);
      return pattern === null ? [] : [{ level, key, pattern, at: value.at }];
    });
  });
  if (outputs.length === 0 && part.node.kind === "map") {
    report(findings.problems, "action-outputs-empty", { action }, part.node.at);
  }
  return outputs;
}
