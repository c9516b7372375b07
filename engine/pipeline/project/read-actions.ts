/** The actions of a project.yaml, each as it is written. */
import { plainYaml } from "../../base/yaml-tree.ts";
import type { YamlEntry, YamlNode } from "../../base/yaml-node.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { actionFileNames, actionNameFault } from "./action-names.ts";
import { RUN_ALL, securityLevels } from "./project.ts";
import type { Action, DeclaredOutput, Need, SecurityLevel } from "./project.ts";
import { LATEST_VERSION } from "./read-version.ts";
import { readRun } from "./read-run.ts";
import { entriesOf, isNothing, knownEntries, missingKey, textOf, wrongKind } from "./shape.ts";
import type { Part } from "./shape.ts";

interface Reading {
  readonly version: number;
  readonly findings: Findings;
}

const MAY_BE_EMPTY = new Set(["needs", "config", "dummy_data_file"]);
const KEYS = ["run", "outputs", "needs", "config", "dummy_data_file"] as const;

export function readActions(part: Part, reading: Reading): readonly Action[] {
  const { version, findings } = reading;
  const entries = entriesOf(part, findings);
  const fileNames = actionFileNames(entries.map(({ key }) => key));
  return entries.flatMap((entry) => {
    if (entry.key === RUN_ALL) {
      const { problems, warnings } = findings;
      const into = version < LATEST_VERSION ? warnings : problems;
      report(into, "action-run-all", { version }, entry.at);
      return [];
    }
    const reason = actionNameFault(entry.key);
    if (reason !== null) {
      report(findings.problems, "action-name", { action: entry.key, reason }, entry.at);
    }
    return readAction(entry, fileNames.get(entry.key) ?? entry.key, findings);
  });
}

function readAction(
  { key: name, at, value: node }: YamlEntry,
  fileName: string,
  findings: Findings,
): Action {
  const part = { node, what: `action ${name}` };
  const entries = knownEntries(part, KEYS, findings);
  const partOf = (key: (typeof KEYS)[number]): Part | null => {
    const entry = entries.get(key);
    const isThere = entry !== undefined && !(MAY_BE_EMPTY.has(key) && isNothing(entry.value));
    return !isThere ? null : { node: entry.value, what: `${key} of ${name}` };
  };
  for (const key of ["run", "outputs"]) {
    if (!entries.has(key) && node.kind === "map") missingKey(key, part, findings);
  }
  const [run, outputs, needs] = [partOf("run"), partOf("outputs"), partOf("needs")];
  const [config, dummy] = [partOf("config"), partOf("dummy_data_file")];
  const configText = config === null ? null : configOf(config, findings);
  return {
    ...{ name, fileName, at },
    ...readRun({ action: name, config: configText }, run, findings),
    runAt: run?.node.at ?? at,
    config: configText,
    needs: needs === null ? [] : needsOf(name, needs, findings),
    outputs: outputs === null ? [] : outputsOf(name, outputs, findings),
    dummyDataFile: dummy === null ? null : textOf(dummy, findings),
  };
}

/** JSON in which a ' cannot end a shell's quotes. */
function configOf(part: Part, findings: Findings): string | null {
  if (part.node.kind !== "map") {
    wrongKind(part, "a mapping: names followed by a colon", findings);
    return null;
  }
  return JSON.stringify(plainYaml(part.node)).replaceAll("'", "\\u0027");
}

function needsOf(action: string, part: Part, findings: Findings): readonly Need[] {
  const { node } = part;
  if (node.kind !== "list") {
    wrongKind(part, `a list, such as [${wordsIn(node)}]`, findings);
    return [];
  }
  return node.items.flatMap((item) => {
    // As written: an action may be called 1 or true.
    if (item.kind === "scalar" && item.text !== "") return [{ name: item.text, at: item.at }];
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
    if (isNothing(entry.value)) return [];
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
