import { expect, test } from "vitest";
import { factsOfProof, provenHead } from "../../../src/control/guard/proof-bounds.ts";
import type { View } from "../../../src/control/observed/issue-view.ts";
import type { EffectOf } from "../../../src/domain/github/effect.ts";

const HEAD = "a".repeat(40);
const OTHER = "b".repeat(40);

function view(trigger: object | undefined, heads: readonly string[] = [OTHER, HEAD]): View {
  const pullRequests = heads.map((sha, index) => ({ number: index + 1, head: { sha } }));
  return { trigger, snapshot: { pullRequests } } as unknown as View;
}

const RAN = { kind: "ran", head: HEAD };
const CHECK = {
  ...{ kind: "write-check-run", key: "k", name: "factory/prove", sha: HEAD },
  ...{ conclusion: "neutral", title: "t", summary: "s" },
} as EffectOf<"write-check-run">;

test("a proof may be shown on the observed pull request whose head GitHub's event names", () => {
  expect(provenHead(view(RAN))?.number).toBe(2);
  expect(factsOfProof(CHECK, view(RAN)).every(([, holds]) => holds)).toBe(true);
});

test.each([
  ["under another name", { name: "factory/gate" }, view(RAN), "name"],
  ["on another commit", { sha: OTHER }, view(RAN), "sha"],
  ["where nothing ran", {}, view({ kind: "offered", head: HEAD }), "sha"],
  ["where no pull request has that head", {}, view(RAN, [OTHER]), "sha"],
])("and not %s", (_, change, seen, broken) => {
  const facts = factsOfProof({ ...CHECK, ...change }, seen);
  expect(facts.filter(([, holds]) => !holds).map(([name]) => name)).toEqual([broken]);
});
