import type {
  ChangeProof,
  ProofOutcome,
  PullRequestProof,
} from "../../domain/evidence/change-proof.ts";
import type { RatchetFinding } from "../../domain/evidence/ratchet.ts";
import type { Annotation } from "../../domain/github/effect.ts";
import { refusePath } from "../../domain/path.ts";
import { counted, sayDuration } from "../figures.ts";
import { WEAKER } from "../pull-request/weaker-tests.ts";
import { boundBody, ownLink, safeCell, safePlain, safeText } from "../safe-text.ts";
import { type ProofLine, proofLines } from "./lines.ts";
import { nameOutcome, sayNextOf, sayOutcome } from "./outcome.ts";

/** First line of the proof's comment: by it the one comment is found again. */
export const PROOF_MARKER = "### Millwright · prove";

const MARKS = {
  proven: "✅",
  unproven: "🔶",
  broken: "❌",
  "not-measured": "❔",
} as const satisfies Record<ProofOutcome, string>;

const TONES = { good: "✅", bad: "❌", doubt: "🔶", plain: "▫️" } as const;

/** The title of the check run. */
export function titleOfProof(proof: ChangeProof): string {
  return `${nameOutcome(proof)}: ${safePlain(sayOutcome(proof))}`.slice(0, 250);
}

/**
 * What the tests prove of a pull request, for its comment, its check run and the summary of its job. Everything that the
 * proof holds may be a stranger's words, and goes through the renderer.
 */
export function renderProof({ proof }: PullRequestProof, runUrl?: string): string {
  const { outcome, refusal, base, head, durationMs, changed } = proof;
  const next = sayNextOf(refusal);
  const size = `${counted(changed.files, "file")}, ${counted(changed.lines, "changed line")}`;
  const link = runUrl === undefined ? "" : ` · ${ownLink("the run", runUrl)}`;
  const lines = [
    PROOF_MARKER,
    "",
    `${MARKS[outcome]} **${nameOutcome(proof)}**: ${sayOutcome(proof)}.`,
    ...(next === undefined ? [] : ["", `Next: ${next}.`]),
    "",
    ...(outcome === "not-measured" ? [] : [...proofLines(proof).map(sayLine), ""]),
    ...checkTable(proof),
    `Of commit \`${head.slice(0, 12)}\`, which left its base at \`${base.slice(0, 12)}\`: ${size}, ${sayDuration(durationMs)}. Run in a sandbox, without a model and without a key${link}`,
    "",
  ];
  return boundBody(lines.join("\n"));
}

function sayLine({ tone, text, names, more }: ProofLine): string {
  const rest = more > 0 ? [`${more} more`] : [];
  const list = [...names.map(safeText), ...rest].join("; ");
  return `- ${TONES[tone]} ${safeText(text)}${list === "" ? "" : `: ${list}`}`;
}

/** The checks on the change; where the tests ran besides is nobody's to merge by. */
function checkTable({ checks }: ChangeProof): readonly string[] {
  const rows = checks.filter(({ on }) => on === "change");
  if (rows.length === 0) return [];
  return [
    "| check | result | took |",
    "|---|---|---|",
    ...rows.map(({ name, status, counts, durationMs }) => {
      const known = status !== "passed" && counts === true ? ", as on the base" : "";
      const mark = counts === false ? TONES.bad : TONES.good;
      const said = `${mark} ${status.replaceAll("-", " ")}${known}`;
      return `| ${safeCell(name)} | ${said} | ${sayDuration(durationMs)} |`;
    }),
    "",
  ];
}

/** Where a test may prove less than before, and what no test notices, beside the lines. */
export function annotationsOf({ ratchet, noticed }: ChangeProof): readonly Annotation[] {
  const unnoticed = noticed?.unnoticed ?? [];
  const all = [...ratchet.findings.map(sayWeaker), ...unnoticed.map(sayUnnoticed)];
  return all.filter(({ path }) => refusePath(path) === undefined);
}

function sayUnnoticed({ path, from, to }: { path: string; from: number; to: number }): Annotation {
  const lines = to === from ? "this line is" : `lines ${from} to ${to} are`;
  const message = `No test notices when ${lines} taken back.`;
  return { path, line: from, level: "notice", message };
}

function sayWeaker({ path, line, rule, before, after }: RatchetFinding): Annotation {
  const message = [
    WEAKER[rule],
    ...(before === "" ? [] : [`before: ${safePlain(before)}`]),
    ...(after === "" ? [] : [`after: ${safePlain(after)}`]),
  ];
  return { path, line, level: "warning", message: message.join("\n") };
}

/** Why a proof is not shown: the workflow that made it is one that the pull request may have written. */
export function sayUntrusted(path: string): { readonly title: string; readonly body: string } {
  const file = safeText(path);
  const body = [
    PROOF_MARKER,
    "",
    `The workflow ${file} at this commit differs from the default branch, or calls a file beside it. The change may have written whatever it says, so the proof is not shown.`,
    "",
    "Next: update the branch. If the pull request means to change that workflow, read the change yourself and prove it with `millwright prove`.",
    "",
  ].join("\n");
  return { title: "Not shown: the workflow that proves differs from the default branch's", body };
}
