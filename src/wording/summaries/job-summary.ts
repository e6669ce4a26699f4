import { tokensOf } from "../../domain/budget.ts";
import { bytesOf } from "../../domain/change-set.ts";
import type {
  ImplementProposal,
  IntakeProposal,
  JudgeProposal,
  LoopProposal,
  Proposal,
  SmokeProposal,
} from "../../domain/proposal.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { sayCorrection, sayShare, sayWhoWrote } from "../criteria/who-wrote.ts";
import { counted, sayBytes, sayDuration, sayTokens, sayUsd } from "../figures.ts";
import { fold } from "../fold.ts";
import { sayRefusal } from "../refusals.ts";
import { boundBody, safeCell, safeText } from "../safe-text.ts";
import { sayProbe, saySmoke } from "../smoke.ts";
import { table } from "./markdown-table.ts";
import { sayEvidence, sayFailing } from "./verify-summary.ts";

/** A step's summary is refused above 1 MiB without a word; no character has more than three bytes for each of its units. */
const SUMMARY_CHARACTERS = 300_000;

/** What a worker did, for the summary page of its job: what came out, first in a line; at the end what it took. */
export function renderWorkerSummary(proposal: Proposal): string {
  const name = proposal.worker === "failed" ? proposal.of : proposal.worker;
  const lines = [
    `### ${name}: ${sayOutcome(proposal)}`,
    "",
    ...sayResult(proposal),
    "",
    sayTook(proposal),
    "",
  ];
  return boundBody(lines.join("\n"), {
    characters: SUMMARY_CHARACTERS,
    whole: "The proposal, an artifact of this run, holds all of it.",
  });
}

const DECISIONS = {
  approve: "the reviewer approves",
  rework: "the reviewer sends it back",
  escalate: "the reviewer asks for a person",
} as const satisfies Record<Verdict["decision"], string>;

function sayOutcome(proposal: Proposal): string {
  switch (proposal.worker) {
    case "intake-normalize":
      return proposal.result.kind === "questions"
        ? counted(proposal.result.questions.length, "question")
        : `a contract with ${counted(proposal.result.contract.acceptance.length, "criterion", "criteria")}`;
    case "implement":
      return `${counted(proposal.changeSet.files.length, "file")} changed`;
    case "verify":
      return sayFailing(proposal.evidence);
    case "review":
      return DECISIONS[proposal.verdict.decision];
    case "post-merge-smoke":
      return saySmoke(proposal);
    case "quality-audit":
      return `${counted(proposal.report.areas.length, "area")} graded`;
    case "run-loop":
      return `${counted(proposal.gathered.items.length, "item")} gathered`;
    case "judge":
      return `${counted(proposal.judgement.verdicts.length, "verdict")}, ${counted(proposal.judgement.proposals.length, "proposal")}, not yet checked`;
    case "failed":
      return "stopped";
  }
}

/** Time and money; of verify also what was the repository's own time. */
function sayTook(proposal: Proposal): string {
  const { usage, durationMs } = proposal;
  const commands =
    proposal.worker === "verify"
      ? `, of which ${counted(proposal.commands.count, "command")} took ${sayDuration(proposal.commands.durationMs)}`
      : "";
  const cost =
    usage.requests === 0
      ? "no model call"
      : `${sayTokens(tokensOf(usage))} tokens in ${counted(usage.requests, "model call")}, ${sayUsd(usage.usd)}`;
  return `${sayDuration(durationMs)}${commands} · ${cost}`;
}

function sayResult(proposal: Proposal): readonly string[] {
  switch (proposal.worker) {
    case "intake-normalize":
      return sayIntake(proposal);
    case "implement":
      return sayImplement(proposal);
    case "verify":
      return sayEvidence(proposal.evidence);
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
    ...(figures.length === 0 ? [] : [...table(["Measure", "Value"], figures), ""]),
    ...items.map(({ title }) => `- ${safeText(title)}`),
  ];
}

/** As the model said it, before control has checked anything of it. */
function sayJudgement({ judgement, unseen }: JudgeProposal): readonly string[] {
  const { verdicts, proposals } = judgement;
  return [
    ...(unseen === 0
      ? []
      : [`The judge was not shown ${counted(unseen, "item")}: there was no room.`, ""]),
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
    return result.questions.map((text) => `- ${safeText(text)}`);
  }
  const { goal, acceptance } = result.contract;
  return [
    safeText(goal),
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
          ...(tests.corrections.length === 0 ? [] : [""]),
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
    "",
    ...fold(
      SHARES_FOLD,
      (tests?.shares ?? []).map((share) => `- ${safeText(sayShare(share))}`),
    ),
  ];
}

export const SHARES_FOLD = "What each role took";

function sayVerdict({ summary, findings }: Verdict): readonly string[] {
  return [
    safeText(summary),
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
  const { waitedMs, lookedFor, probes, leftOut = [] } = smoke;
  const waited = `after ${sayDuration(waitedMs)} of waiting`;
  const looked =
    lookedFor === null
      ? []
      : [`${safeText(lookedFor.where)}: ${safeText(lookedFor.found)}, ${waited}.`, ""];
  return [
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
