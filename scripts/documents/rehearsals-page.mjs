// The table of docs/rehearsals.md: each fix of the list with what its last replay showed. The rest of the page is written by hand.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FIXES, RESULTS, readFixes, repositoryOf } from "../rehearsals/fixes.mjs";
import { code, generatedFrom, table } from "./markdown.mjs";

export const PAGE = "docs/rehearsals.md";
export const REPLAYS = /<!-- replays -->[\s\S]*?<!-- \/replays -->/;

const COLUMNS = [
  "fix",
  "built with",
  "config",
  "result",
  "seen failing, then passing",
  "passed before and after",
  "people",
  "setup",
  "verify",
  "whole",
  "noticed by its tests",
  "found and mended",
];

/** docs/rehearsals.md, its table made anew. */
export function rehearsalsPage(root) {
  const results = join(root, RESULTS);
  const known = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : {};
  const text = replaysTable(readFixes(root), known);
  return readFileSync(join(root, PAGE), "utf8").replace(
    REPLAYS,
    () => `<!-- replays -->\n\n${text}\n\n${generatedFrom(FIXES, RESULTS)}\n<!-- /replays -->`,
  );
}

export function replaysTable(fixes, results) {
  return table(
    COLUMNS,
    fixes.map((fix) => [...headOf(fix), ...outcomeOf(fix, results[fix.name]), fix.found ?? ""]),
  );
}

function headOf(fix) {
  const name = repositoryOf(fix);
  const commit = `[${name} ${code(fix.fix.slice(0, 7))}](${fix.url}/commit/${fix.fix})`;
  return [`${commit}: ${fix.about}`, fix.built];
}

function outcomeOf(fix, result) {
  if (result === undefined) return ["", "not replayed yet", ...Array(7).fill("")];
  const { seconds } = result;
  return [
    configOf(fix, result),
    resultOf(result),
    provenOf(fix, result),
    result.passToPass.toLocaleString("en-US"),
    result.humanActions.join(", ") || "nobody",
    ...[seconds.setup, seconds.verify, seconds.whole].map(Math.round),
    noticedOf(result),
  ];
}

function configOf(fix, { config, leftOut }) {
  const file =
    fix.config === undefined ? "" : ` ([${fix.config.split("/").at(-1)}](../${fix.config}))`;
  const left =
    leftOut.length === 0 ? "" : `, without ${leftOut.join(", ")}, which the base does not pass`;
  return `${config === "given" ? "by hand" : config}${file}${left}`;
}

function resultOf({ sentence, refusals, sentBack }) {
  const why = refusals.map(({ code: name }) => code(name)).join(", ");
  const again =
    sentBack === 0
      ? ""
      : ` Sent back ${["", "once", "twice"][sentBack] ?? `${sentBack} times`}${why === "" ? "" : `: ${why}`}.`;
  return `${sentence.replace(/^Issue #\d+ is done: merged as #\d+, /, "done, ")}${again}`;
}

function provenOf({ tests }, { proven }) {
  const count = `${proven.length} of ${tests.length} named`;
  return proven.length === 0 ? count : `${count}: ${proven.map(code).join(", ")}`;
}

/** Tests that failed again when verify reverted a hunk; absent in results of older versions. */
function noticedOf({ criteria = [], noticedLines = {} }) {
  const measured = criteria.filter(({ notices }) => notices !== undefined);
  if (measured.length === 0) return "not measured yet";
  const hunks = measured.flatMap(({ notices }) => notices);
  if (hunks.length > 0) return hunks.map((hunk) => code(String(hunk))).join(", ");
  const { byCompiler = 0, changed = 0 } = noticedLines;
  if (byCompiler === 0) return "no hunk";
  return `no hunk; without ${byCompiler} of ${changed} changed lines it does not build`;
}
