import type { Defence } from "../defence.ts";

/** What the model's provider and its answers can cause. */
export const OF_PROVIDERS: readonly Defence[] = [
  {
    id: "no-redirect",
    what: "the model's key goes to no other address than the one that was set",
    edits: [
      {
        file: "src/adapters/model/bounded-fetch.ts",
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
    what: "a worker that has spent its turns, tokens or money stops",
    edits: [
      {
        file: "src/domain/budget.ts",
        find: "if (over === undefined) return undefined;",
        replace: "if (over === undefined || over.limit > 0) return undefined;",
      },
    ],
    attacks: ["GOV-05a"],
  },
];
