import type { ObjectId } from "../../domain/digest.ts";
import type { SmokeProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { sayRefusal } from "../refusals.ts";
import { boundBody, ownLink, safeText } from "../safe-text.ts";
import { sayProbe } from "../smoke.ts";
import type { FiledIssue } from "./quality-gap.ts";

/** A smoke test that failed after a merge or a push. */
export interface Incident {
  readonly commit: ObjectId;
  /** Absent where the commit is of no issue. */
  readonly issue: number | undefined;
  readonly probes: SmokeProposal["probes"];
  readonly refusal: Refusal;
  /** Id of the run that looked. */
  readonly run: number;
  /** Its address, https://github.com/OWNER/NAME: all links are below it. */
  readonly repository: string;
}

/** The issue of an incident. Its marker is the fingerprint of the commit, so that one commit has one incident. */
export function renderIncident(incident: Incident): FiledIssue {
  const { commit, issue, repository, refusal } = incident;
  const marker = `Fingerprint: \`millwright:smoke:${commit}\``;
  const links = [
    ...(issue === undefined ? [] : [ownLink("The issue", `${repository}/issues/${issue}`)]),
    ownLink("The commit", `${repository}/commit/${commit}`),
    ownLink("the run", `${repository}/actions/runs/${incident.run}`),
  ];
  const probes = incident.probes.map(
    (probe) => `- ${sayProbe(probe)}: ${safeText(probe.url)} ${safeText(probe.found)}`,
  );
  const lines = [
    sayRefusal(refusal),
    "",
    links.join(" · "),
    "",
    ...probes,
    "",
    "While this issue is open and has this label, no work continues. Close it when the cause is gone.",
    "",
    marker,
  ];
  const title =
    issue === undefined
      ? `Incident: the smoke test failed on ${commit.slice(0, 6)}…`
      : `Incident: the smoke test failed after issue ${issue} was merged`;
  return { marker, title, body: boundBody(lines.join("\n")) };
}
