import {
  type Invariant,
  landed,
  type Observation,
  type SeenIssue,
  stationOfProcess,
} from "../observation.ts";

/** The last line of an issue that an alert opened, and the line of its comment for machines. */
const MARKER = /\nFingerprint: `millwright:alert:([0-9a-f]{64})`\s*$/;
const PULSE = /"fingerprint":"([0-9a-f]{64})"/;

/** The part of I1 that is about alerts: each writes on the issue that the same alert opened, and on no other. */
export const alertsKeepTheirPlace: Invariant = (seen) => {
  const jobs = new Set(
    seen.processes.flatMap((one) => (stationOfProcess(one) === "incident" ? [one.jobId] : [])),
  );
  return seen.requests
    .filter(
      ({ caller, method }) => caller.kind === "job" && jobs.has(caller.jobId) && method !== "GET",
    )
    .flatMap(({ path, body }) => {
      const issue = issueOf(path, seen);
      if (issue === undefined) return [];
      const own = fingerprintOf(issue);
      const counted = PULSE.exec(bodyOf(body))?.[1];
      if (own === undefined)
        return [landed("I1", `an alert wrote on issue ${issue.number}, which none opened`)];
      return counted === undefined || counted === own
        ? []
        : [landed("I1", `another alert than its own was counted on issue ${issue.number}`)];
    });
};

function issueOf(path: string, { issues }: Observation): SeenIssue | undefined {
  const number = Number(/\/issues\/(\d+)(\/|$)/.exec(path)?.[1]);
  const comment = Number(/\/issues\/comments\/(\d+)$/.exec(path)?.[1]);
  return issues.find(
    (issue) => issue.number === number || issue.comments.some(({ id }) => id === comment),
  );
}

function fingerprintOf({ author, body }: SeenIssue): string | undefined {
  return author === "github-actions[bot]" ? MARKER.exec(body)?.[1] : undefined;
}

function bodyOf(json: string): string {
  return (JSON.parse(json || "{}") as { readonly body?: string }).body ?? "";
}
