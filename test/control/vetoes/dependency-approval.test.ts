import { describe, expect, test } from "vitest";
import { refuseUnapproved } from "../../../src/domain/dependencies/change.ts";
import { digestOfDependencies } from "../../../src/domain/dependencies/files.ts";
import type { Order } from "../../../src/domain/order.ts";
import {
  CONFIG,
  CONTRACT,
  commented,
  deliver,
  deliveries,
  failed,
  green,
  kindsOf,
  ledgerOf,
  lineOrderOf,
  newLine,
  orderOf,
  stageShown,
  type TestLine,
  toBuilding,
} from "../line.ts";

const MANIFEST = {
  path: "package.json",
  mode: "100644",
  encoding: "utf-8",
  content: '{ "dependencies": { "left-pad": "1.3.0" } }\n',
} as const;
const OPEN = { ...CONTRACT, boundaries: { ...CONTRACT.boundaries, paths: [] } };

function greenWithManifest(line: TestLine, order: Order, manifest: typeof MANIFEST = MANIFEST) {
  const pieces = green(line.github, order);
  pieces.implement.changeSet.files.push(manifest);
  const tree = line.github.treeWith(pieces.implement.changeSet);
  for (const piece of [...pieces.verify.evidence, pieces.verify, pieces.review.verdict]) {
    piece.subject.tree = tree;
  }
  const digest = digestOfDependencies(pieces.implement.changeSet) ?? "";
  return { pieces, digest };
}

/** From the label to an attempt that was refused for its dependencies; what implement says is what control would say. */
async function toRefused(line: TestLine) {
  const building = await toBuilding(line, OPEN);
  const { digest } = greenWithManifest(line, building.order);
  const change = { digest, paths: [MANIFEST.path], lockfiles: [] };
  const refusal = refuseUnapproved(change, []);
  if (refusal === undefined) throw new Error("nobody approved it");
  const failure = { ...failed(building.order, "implement"), refusal };
  const result = await line.run("settle", {
    ...building,
    proposals: [deliver("implement", failure)],
    jobResults: { verify: "skipped", review: "skipped" },
  });
  return { ...building, digest, result };
}

function say(line: TestLine, issue: number, body: string, by = "ada") {
  line.nextRun();
  return { event: commented(line.github, { issue, by, body }), issue };
}

describe("a change of dependencies", () => {
  test("stops at a person, who reads the digest and what to type; nothing is published", async () => {
    const line = newLine();
    const { issue, digest, result } = await toRefused(line);
    expect(result).toMatchObject({
      stage: "needs-human",
      refusals: [{ code: "dependencies-unapproved" }],
    });
    const ledger = line.github.comments(issue).find(({ body }) => body.includes("· ledger"));
    expect(ledger?.body).toContain(`/factory approve lockfile ${digest}`);
    expect(line.github.applied.map(({ effect }) => effect.kind)).not.toContain("publish-commit");
  });

  test("is refused by control itself where implement and verify said nothing", async () => {
    const line = newLine();
    const building = await toBuilding(line, OPEN);
    const { pieces } = greenWithManifest(line, building.order);
    const result = await line.run("settle", { ...building, proposals: deliveries(pieces) });
    expect(result.refusals.map(({ code }) => code)).toEqual(["dependencies-unapproved"]);
    expect(line.github.applied.map(({ effect }) => effect.kind)).not.toContain("publish-commit");
  });

  test("goes on once its digest is approved, with the word of the person in ledger and order, and a person merges", async () => {
    const line = newLine();
    const { issue, digest } = await toRefused(line);
    const said = say(line, issue, `/factory approve lockfile ${digest}`, "wil");
    const order = lineOrderOf(await line.run("claim", said));
    expect(order.approvedDependencies).toEqual([digest]);
    expect(order.prior.at(-1)).toMatchObject({ attempt: 1, outcome: "approved" });
    expect(order.prior.at(-1)?.findings[0]).toContain(`digest ${digest}`);
    expect(stageShown(line.github, issue)).toEqual(["building"]);
    expect(kindsOf(line.github, issue).slice(-3)).toEqual(["commanded", "sent-back", "claimed"]);
    const { pieces } = greenWithManifest(line, order);
    const result = await line.run("settle", { ...said, order, proposals: deliveries(pieces) });
    expect(result).toMatchObject({ stage: "gating", refusals: [] });
    expect(ledgerOf(line.github, issue).at(-1)?.event.kind).toBe("published");
  });

  test.each([
    [
      "edited",
      (line: TestLine, comment: number) => line.github.editComment(comment, "/factory stop"),
    ],
    ["deleted", (line: TestLine, comment: number) => line.github.deleteComment(comment)],
  ])("is refused again where the approving comment was %s meanwhile", async (_, spoil) => {
    const line = newLine();
    const { issue, digest } = await toRefused(line);
    const said = say(line, issue, `/factory approve lockfile ${digest}`);
    const order = orderOf(await line.run("claim", said));
    spoil(line, line.github.comments(issue).at(-1)?.id ?? 0);
    const { pieces } = greenWithManifest(line, order);
    const result = await line.run("settle", { ...said, order, proposals: deliveries(pieces) });
    expect(result.refusals.map(({ code }) => code)).toEqual(["dependencies-unapproved"]);
  });

  test("with one more byte is another digest and asks again", async () => {
    const line = newLine();
    const { issue, digest } = await toRefused(line);
    const said = say(line, issue, `/factory approve lockfile ${digest}`);
    const order = orderOf(await line.run("claim", said));
    const other = { ...MANIFEST, content: `${MANIFEST.content} ` as typeof MANIFEST.content };
    const { pieces, digest: shown } = greenWithManifest(line, order, other);
    const result = await line.run("settle", { ...said, order, proposals: deliveries(pieces) });
    expect(result.refusals).toMatchObject([{ code: "dependencies-unapproved" }]);
    expect(result.refusals[0]?.hint).toEqual({ code: "approve-lockfile", digest: shown });
  });
});

describe("an approval of a lockfile that does not hold", () => {
  test.each(["rea", "tri", "helper[bot]"])("by %s is not heard", async (login) => {
    const line = newLine();
    const { issue, digest } = await toRefused(line);
    const before = line.github.applied.length;
    const result = await line.run(
      "claim",
      say(line, issue, `/factory approve lockfile ${digest}`, login),
    );
    expect(result.refusals).toMatchObject([{ code: "actor-not-permitted" }]);
    expect(line.github.applied).toHaveLength(before);
  });

  test("of another digest is answered with the one that waits", async () => {
    const line = newLine();
    const { issue, digest } = await toRefused(line);
    const result = await line.run(
      "claim",
      say(line, issue, `/factory approve lockfile ${"0".repeat(64)}`),
    );
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toEqual([
      {
        code: "approval-stale",
        subject: "the lockfile",
        found: "0".repeat(64),
        hint: { code: "approve-lockfile", digest },
      },
    ]);
    // The answer does not make the digest that waits forgotten.
    const again = await line.run("claim", say(line, issue, `/factory approve lockfile ${digest}`));
    expect(again.next).toBe("line");
  });

  test("where nothing waits says so", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const digest = "0".repeat(64);
    const early = await line.run(
      "claim",
      say(line, building.issue, `/factory approve lockfile ${digest}`),
    );
    expect(early.refusals).toMatchObject([{ code: "illegal-transition" }]);
    const proposals = [deliver("implement", failed(building.order, "implement"))];
    await line.run("settle", { ...building, proposals });
    const result = await line.run(
      "claim",
      say(line, building.issue, `/factory approve lockfile ${digest}`),
    );
    expect(result.refusals).toEqual([
      {
        code: "approval-stale",
        subject: "the lockfile",
        found: digest,
        accepted: "nothing: no change of dependencies waits for an approval",
        hint: "see-the-status",
      },
    ]);
    expect(result.next).toBe("none");
  });

  test("that was edited commands nothing", async () => {
    const line = newLine();
    const { issue, digest } = await toRefused(line);
    const said = say(line, issue, `/factory approve lockfile ${digest}`);
    line.pass(5);
    const comment = line.github.comments(issue).at(-1);
    line.github.editComment(comment?.id ?? 0, `/factory approve lockfile ${digest}`);
    const result = await line.run("claim", said);
    expect(result.next).toBe("none");
  });

  test("is a new series of attempts where the last one was used up", async () => {
    const line = newLine({ config: `${CONFIG}limits: { attempts: 1 }\n` });
    const { issue, digest } = await toRefused(line);
    const result = await line.run("claim", say(line, issue, `/factory approve lockfile ${digest}`));
    expect(result.next).toBe("line");
  });
});
