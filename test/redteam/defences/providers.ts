import type { Defence } from "../defence.ts";

/** What the model's provider and its answers can cause. */
export const OF_PROVIDERS: readonly Defence[] = [
  {
    id: "no-redirect",
    what: "the model's key goes to no other address than the one that was set",
    edits: [
      {
        file: "src/adapters/model/shared/bounded-fetch.ts",
        find: 'redirect: "manual"',
        replace: 'redirect: "follow"',
      },
    ],
    attacks: ["NET-04a"],
  },
  {
    id: "no-redirected-probe",
    what: "a deploy cannot send the smoke test on to another host",
    edits: [
      {
        file: "src/adapters/web/web.ts",
        find: "if (next.origin !== url.origin && !(isUpgrade",
        replace: 'if (next.origin === "" && !(isUpgrade',
      },
    ],
    attacks: ["NET-03b"],
  },
  {
    id: "bounded-turns",
    what: "a worker that has had its turns stops",
    edits: [
      {
        file: "src/domain/budget.ts",
        // Twelve times as many: without any bound at all it would never end.
        find: "spent: spent.turns, limit: budget.turns",
        replace: "spent: spent.turns, limit: 12 * budget.turns",
      },
    ],
    attacks: ["GOV-05a"],
  },
  {
    id: "dearest-request",
    what: "a request that could cost more than is left is not made",
    edits: [
      {
        file: "src/domain/budget.ts",
        find: "if (spent.usage.usd + spent.nextUsd <= budget.usd) return undefined;",
        replace: "if (spent.usage.usd <= budget.usd) return undefined;",
      },
    ],
    attacks: ["GOV-05c"],
  },
];
