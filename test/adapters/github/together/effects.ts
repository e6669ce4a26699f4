import type { Effect } from "../../../../src/domain/github/effect.ts";
import { sha } from "../scripted-api.ts";

export const COMMENT = {
  kind: "write-comment",
  key: "ledger",
  issue: 3,
  marker: "### Marker",
  body: "### Marker\nhello\n",
  comment: null,
} satisfies Effect;
/** An edit in place, and what stood there before. */
export const EDIT = {
  ...COMMENT,
  key: "edit",
  body: "### Marker\nhello again\n",
  comment: 7,
} satisfies Effect;
export const FORMER = { id: 7, body: "### Marker\nhello\n" };
export const LABELS = {
  kind: "set-labels",
  key: "labels",
  issue: 3,
  add: ["factory:ready"],
  remove: ["factory:queued"],
} satisfies Effect;
export const CLAIM = {
  kind: "claim-branch",
  key: "claim",
  branch: "factory/3-1",
  sha: sha("a"),
} satisfies Effect;
export const PUBLISH = {
  kind: "publish-commit",
  key: "publish",
  branch: "factory/3-1",
  changeSet: {
    base: sha("a"),
    files: [
      { path: "a.txt", mode: "100644", encoding: "utf-8", content: "text\n" },
      { path: "b.bin", mode: "100755", encoding: "base64", content: "AAE=" },
      { path: "c.txt", deleted: true },
    ],
  },
  expectedTree: sha("d"),
  message: "A message",
} satisfies Effect;
export const OPEN = {
  kind: "open-pull-request",
  key: "pull",
  head: "factory/3-1",
  base: "main",
  title: "A title",
  body: "A body",
} satisfies Effect;
export const MERGE = {
  kind: "merge-pull-request",
  key: "merge",
  pullRequest: 4,
  base: "main",
  sha: sha("c"),
  title: "Merge it",
  message: "",
  expectedTree: sha("d"),
  expectedParent: sha("a"),
} satisfies Effect;
export const CHECK = {
  kind: "write-check-run",
  key: "gate-1",
  name: "factory/gate",
  sha: sha("c"),
  conclusion: "success",
  title: "All met",
  summary: "- [x] all",
} satisfies Effect;
export const DISPATCH = {
  kind: "dispatch-workflow",
  key: "ring",
  workflow: "factory.yml",
  ref: "main",
  inputs: { issue: "3" },
} satisfies Effect;
export const CLOSE = { kind: "close-issue", key: "close", issue: 3 } satisfies Effect;
export const ISSUE = {
  kind: "open-issue",
  key: "incident",
  marker: "Fingerprint: smoke",
  title: "Smoke failed",
  body: "It did.",
  labels: ["factory:andon"],
} satisfies Effect;
