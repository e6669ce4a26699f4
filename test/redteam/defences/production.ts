import type { Defence } from "../defence.ts";

/** What production and its alerts can cause. */
export const OF_PRODUCTION: readonly Defence[] = [
  {
    id: "seen-passing-before",
    what: "a merge is blamed for a probe that was seen passing at its own parent",
    edits: [
      {
        file: "src/domain/smoke.ts",
        find: "before.commit === parent,",
        replace: 'before.commit !== "",',
      },
    ],
    attacks: ["QA-11c"],
  },
  {
    id: "published-alone",
    what: "what others put on the branch is not taken back with the factory's work",
    edits: [
      {
        file: "src/control/tasks/release/revert/plan.ts",
        find: "pull?.head.sha !== published.event.commit",
        replace: "pull === undefined",
      },
    ],
    attacks: ["QA-11e"],
  },
  {
    id: "own-incidents",
    what: "an alert's issue is one that the factory itself opened",
    layers: "the listing, which GitHub is asked for by its author",
    edits: [
      {
        file: "src/adapters/github/observe/incidents.ts",
        find: "user.id === self.id && ",
        replace: "user.id > 0 && self.id > 0 && ",
      },
      {
        file: "src/adapters/github/observe/incidents.ts",
        find: "    creator: self.login,\n",
        replace: "",
      },
    ],
    attacks: ["OUT-07g"],
  },
];
