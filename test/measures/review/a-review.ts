import { areasBy } from "../../../src/measures/history/areas.ts";
import type { History, Window } from "../../../src/measures/history/history.ts";
import { type Review, reviewOf } from "../../../src/measures/review/review.ts";

const WEEK: Window = { from: "2026-08-20T00:00:00Z", until: "2026-08-27T00:00:00Z" };

/** A small review with one of everything that a page shows, for those who render it. */
export function aReview(fields: Partial<History> = {}, window = WEEK): Review {
  const at = (day: number) => `2026-08-2${day}T00:00:00Z`;
  const history: History = {
    repository: "OWNER/notes",
    url: "https://github.com/OWNER/notes",
    source: "ledgers",
    merges: [
      {
        ...{ id: "#4", commit: "a".repeat(40), issue: 3, begunAt: at(1), mergedAt: at(2) },
        ...{ takenBackAt: at(3), writer: "agent", person: false },
        lines: [{ path: "src/a.ts", added: 30 }],
      },
    ],
    deployments: { known: [{ commit: "a".repeat(40), at: at(2), outcome: "failed" }] },
    work: {
      known: {
        stays: [{ issue: 3, stage: "needs-human", from: at(3) }],
        attempts: [{ issue: 3, attempt: 1, at: at(1) }],
        sendBacks: [{ issue: 3, attempt: 1, at: at(2), reasons: ["finding"] }],
        refusals: [{ issue: 3, at: at(3), code: "attempts-exhausted" }],
        spendings: [{ issue: 3, at: at(1), usd: 1.5 }],
        ...{ escapes: [], people: [] },
        mistakes: [{ cause: "review-finding", issue: 3, attempt: 1, at: at(2) }],
      },
    },
    issues: { untold: "no-issues" },
    stops: { known: [{ issue: 5, because: "production", raisedAt: at(2) }] },
    owners: { known: [{ area: "src/", files: 2, unowned: ["src/b.ts"] }] },
    trust: { known: [{ commit: "b".repeat(40), at: at(2), scope: "docs/**", to: "open-pr" }] },
    automations: { known: [{ name: "nightly.yml", isDead: true }] },
    areaOf: areasBy([]),
    ...fields,
  };
  return reviewOf(history, window);
}
