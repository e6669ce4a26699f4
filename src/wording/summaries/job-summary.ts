import { tokensOf } from "../../domain/budget.ts";
import { bytesOf } from "../../domain/change-set.ts";
import { weighFailure } from "../../domain/evidence/known-failure.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import type {
  ImplementProposal,
  IntakeProposal,
  JudgeProposal,
  LoopProposal,
  Proposal,
  SmokeProposal,
  VerifyProposal,
} from "../../domain/proposal.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { sayScope } from "../checks/scope.ts";
import { sayComparison } from "../comparison.ts";
import { renderCriteria, sayProven } from "../criteria/table.ts";
import { sayCorrection, sayShare, sayWhoWrote } from "../criteria/who-wrote.ts";
import { counted, sayBytes, sayDuration, sayTokens, sayUsd } from "../figures.ts";
import { sayNoticed } from "../noticed.ts";
import { sayRefusal } from "../refusals.ts";
import { boundBody, safeCell, safeText } from "../safe-text.ts";
import { sayProbe, saySmoke } from "../smoke.ts";

/** A step's summary is refused above 1 MiB without a word; no character has more than three bytes for each of its units. */
const SUMMARY_CHARACTERS = 300_000;

/** What a worker did, for the summary page of its job: a line of figures and what came out. */
export function renderWorkerSummary(proposal: Proposal): string {
  const name = proposal.worker === "failed" ? proposal.of : proposal.worker;
  const cost =
    proposal.usage.requests === 0
      ? "no model call"
      : `${sayTokens(tokensOf(proposal.usage))} tokens in ${counted(proposal.usage.requests, "model call")}, ${sayUsd(proposal.usage.usd)}`;
  const lines = [
    `### ${name}`,
    "",
    `${sayDuration(proposal.durationMs)} · ${cost}`,
    "",
    ...sayResult(proposal),
    "",
  ];
  return boundBody(lines.join("\n"), {
    characters: SUMMARY_CHARACTERS,
    whole: "The proposal, an artifact of this run, holds all of it.",
  });
}

function sayResult(proposal: Proposal): readonly string[] {
  switch (proposal.worker) {
    case "intake-normalize":
      return sayIntake(proposal);
    case "implement":
      return sayImplement(proposal);
    case "verify":
      return [...sayCommands(proposal), ...sayEvidence(proposal.evidence)];
    case "review":
      return sayVerdict(proposal.verdict);
    case "post-merge-smoke":
      return sayLook(proposal);
    case "quality-audit":
      return table(
        ["Area", "Grade", "Bar", "Because"],
        proposal.report.areas.map(({ area, grade, bar, because }) => [
          safeCell(area),
          `**${grade}**`,
          bar,
          safeCell(because),
        ]),
      );
    case "run-loop":
      return sayGathered(proposal.gathered);
    case "judge":
      return sayJudgement(proposal);
    case "failed":
      return [sayRefusal(proposal.refusal)];
  }
}

function sayGathered({ items, measures }: LoopProposal["gathered"]): readonly string[] {
  const figures = Object.entries(measures).map(([name, value]) => [safeCell(name), `${value}`]);
  return [
    `Gathered ${counted(items.length, "item")}.`,
    "",
    ...(figures.length === 0 ? [] : [...table(["Measure", "Value"], figures), ""]),
    ...items.map(({ title }) => `- ${safeText(title)}`),
  ];
}

/** As the model said it, before control has checked anything of it. */
function sayJudgement({ judgement, unseen }: JudgeProposal): readonly string[] {
  const { verdicts, proposals } = judgement;
  return [
    `${counted(verdicts.length, "verdict")}, ${counted(proposals.length, "proposal")}, not yet checked.`,
    ...(unseen === 0 ? [] : ["", `Not shown for want of room: ${counted(unseen, "item")}.`]),
    "",
    ...table(
      ["Verdict", "Item", "Reason"],
      verdicts.map(({ verdict, key, reason }) => [verdict, safeCell(key), safeCell(reason)]),
    ),
    "",
    ...proposals.map(({ title }) => `- ${safeText(title)}`),
  ];
}

function sayIntake({ result }: IntakeProposal): readonly string[] {
  if (result.kind === "questions") {
    return ["Questions:", "", ...result.questions.map((text) => `- ${safeText(text)}`)];
  }
  const { goal, acceptance } = result.contract;
  return [
    `A contract: ${safeText(goal)}`,
    "",
    ...table(
      ["Criterion", "Kind"],
      acceptance.map(({ id, statement, kind }) => [safeCell(`${id} ${statement}`), kind]),
    ),
  ];
}

function sayImplement({ summary, changeSet, tests }: ImplementProposal): readonly string[] {
  const written =
    tests === undefined
      ? []
      : [
          `**Tests written** ${safeText(sayWhoWrote(tests))}.`,
          "",
          ...tests.corrections.map((one) => `- ${safeText(sayCorrection(one))}`),
          ...tests.shares.map((share) => `- ${safeText(sayShare(share))}`),
          "",
        ];
  return [
    safeText(summary),
    "",
    ...written,
    ...table(
      ["File", "Size"],
      changeSet.files.map((file) => [
        safeCell(file.path),
        "deleted" in file ? "deleted" : sayBytes(bytesOf(file)),
      ]),
    ),
  ];
}

const PLACES: Readonly<Record<CheckRun["on"], string>> = {
  base: "base",
  change: "change",
  "base-with-changed-tests": "base, changed tests",
  "change-with-base-tests": "change, tests of the base",
  head: "head of the pull request",
  "merge-base": "where both parted",
};

/** What was the repository's own time and what was ours. */
function sayCommands({ commands, durationMs }: VerifyProposal): readonly string[] {
  const rest = sayDuration(Math.max(0, durationMs - commands.durationMs));
  const took = `${counted(commands.count, "command")} took ${sayDuration(commands.durationMs)}`;
  return [`${took}, everything else ${rest}.`, ""];
}

function sayEvidence(evidence: readonly Evidence[]): readonly string[] {
  const runs = evidence.filter((piece) => piece.kind === "check");
  const tests = evidence.find((piece) => piece.kind === "test-comparison");
  return [
    ...table(
      ["Check", "On", "Result", "Took"],
      runs.map((run) => [
        safeCell(run.name + sayScope(run)),
        PLACES[run.on],
        sayRun(run, evidence),
        sayDuration(run.durationMs),
      ]),
    ),
    ...(tests === undefined ? [] : ["", `**Tests** ${sayComparison(tests)}.`]),
    "",
    ...renderCriteria({ evidence }),
    "",
    `**Proven** ${safeText(sayProven({ evidence }))}.`,
    ...sayNoticed(evidence).flatMap((said) => ["", `**Noticed lines** ${safeText(said)}.`]),
  ];
}

/** Only on the change does a failure count: the base, and the new tests on it, may fail, and are meant to. */
function sayRun(run: CheckRun, evidence: readonly Evidence[]): string {
  const said = run.status.replaceAll("-", " ");
  if (run.on !== "change") return said;
  if (run.status === "passed") return `✅ ${said}`;
  const weight = weighFailure(run, evidence);
  if (!weight.known) return `❌ ${said}`;
  return weight.flaky === undefined
    ? `✅ ${said}, as on the base`
    : `⚠️ ${said}, and not when it ran again`;
}

function sayVerdict({ decision, summary, findings }: Verdict): readonly string[] {
  return [
    `**${decision}** ${safeText(summary)}`,
    "",
    ...table(
      ["Severity", "Where", "Finding"],
      findings.map(({ severity, path, line, claim }) => [
        severity,
        safeCell(`${path}:${line}`),
        safeCell(claim),
      ]),
    ),
  ];
}

function sayLook(smoke: SmokeProposal): readonly string[] {
  const { status, waitedMs, lookedFor, probes, leftOut = [] } = smoke;
  const looked =
    lookedFor === null ? [] : [`${safeText(lookedFor.where)}: ${safeText(lookedFor.found)}`, ""];
  return [
    `**${status.replaceAll("-", " ")}** after ${sayDuration(waitedMs)} of waiting: ${saySmoke(smoke)}`,
    "",
    ...looked,
    ...table(
      ["Probe", "Result", "Found"],
      [
        ...probes.map((probe) => [safeCell(probe.url), sayProbe(probe), safeCell(probe.found)]),
        ...leftOut.map(({ what, why }) => [safeCell(what), "not asked", safeCell(why)]),
      ],
    ),
  ];
}

/** A table of cells that are Markdown already; without rows there is nothing to say. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
