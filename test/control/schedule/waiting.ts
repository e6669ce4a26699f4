import type {
  Candidate,
  Failure,
  InFlight,
  Limits,
  Line,
} from "../../../src/control/schedule/queue.ts";

const HOUR_MS = 3_600_000;

/** An issue that nothing speaks against. */
export function waits(issue: number, but: Partial<Candidate> = {}): Candidate {
  return {
    issue,
    work: "build",
    priority: 2,
    isDefect: false,
    isBegun: false,
    author: issue,
    waitedMs: 0,
    scope: { known: [`src/file-${issue}.ts`] },
    blockedBy: { known: 0 },
    asks: { known: [] },
    most: { known: 5 },
    ...but,
  };
}

export function inWork(issue: number, but: Partial<InFlight> = {}): InFlight {
  const { author, scope, asks } = waits(issue);
  return { issue, author, scope, asks, isBuilt: true, ...but };
}

export function quiet(but: Partial<Line> = {}): Line {
  return { inFlight: [], left: 1_000, decisions: { known: new Map() }, failures: [], ...but };
}

export const LIMITS: Limits = { wip: 3, waitingForPeople: 2, usdPerIssue: 5 };

export function failed(issue: number, kind: string, hoursAgo: number): Failure {
  return { issue, work: "build", kind, agoMs: hoursAgo * HOUR_MS };
}
