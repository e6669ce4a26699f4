import { tokensOf } from "../domain/budget.ts";
import { bytesOf } from "../domain/change-set.ts";
import type { Proposal } from "../domain/proposal.ts";
import { sayDuration, sayTokens, sayUsd } from "./figures.ts";
import { sayRefusal } from "./refusal-text.ts";
import { boundBody, safeText } from "./safe-text.ts";

/** A step's summary is refused above 1 MiB without a word; no character has more than three bytes for each of its units. */
const SUMMARY_CHARACTERS = 300_000;

/** What a worker did, for the summary page of its job: a line of figures and what came out. */
export function renderWorkerSummary(proposal: Proposal): string {
  const name = proposal.worker === "failed" ? proposal.of : proposal.worker;
  const cost =
    proposal.usage.requests === 0
      ? "no model call"
      : `${sayTokens(tokensOf(proposal.usage))} tokens in ${proposal.usage.requests} model calls, ${sayUsd(proposal.usage.usd)}`;
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
      return proposal.result.kind === "contract"
        ? [`A contract: ${safeText(proposal.result.contract.goal)}`]
        : ["Questions:", "", ...proposal.result.questions.map((text) => `- ${safeText(text)}`)];
    case "implement":
      return [
        safeText(proposal.summary),
        "",
        ...proposal.changeSet.files.map((file) =>
          "deleted" in file
            ? `- ${safeText(file.path)} deleted`
            : `- ${safeText(file.path)} ${bytesOf(file)} bytes`,
        ),
      ];
    case "verify":
      return proposal.evidence.flatMap((piece) =>
        piece.kind === "check"
          ? [
              `- ${safeText(piece.name)} on ${piece.on.replaceAll("-", " ")}: ${piece.status}, ${sayDuration(piece.durationMs)}`,
            ]
          : [],
      );
    case "review":
      return [
        `**${proposal.verdict.decision}** ${safeText(proposal.verdict.summary)}`,
        "",
        ...proposal.verdict.findings.map(
          (finding) =>
            `- ${finding.severity} ${safeText(`${finding.path}:${finding.line}`)} ${safeText(finding.claim)}`,
        ),
      ];
    case "post-merge-smoke":
      return [
        `**${proposal.status.replaceAll("-", " ")}** after ${sayDuration(proposal.waitedMs)} of waiting`,
        "",
        ...proposal.probes.map(
          (probe) => `- ${probe.status} ${safeText(probe.url)} ${safeText(probe.found)}`,
        ),
      ];
    case "quality-audit":
      return proposal.report.areas.map(
        (area) =>
          `- ${safeText(area.area)}: ${area.grade} (bar ${area.bar}), ${safeText(area.because)}`,
      );
    case "failed":
      return [sayRefusal(proposal.refusal)];
  }
}
