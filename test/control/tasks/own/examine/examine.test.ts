import { describe, expect, test } from "vitest";
import { digestOfOrder } from "../../../../../src/domain/order.ts";
import type { GitHub } from "../../../../../src/ports/github.ts";
import {
  aboutItsTree,
  deliver,
  deliveries,
  failed,
  green,
  ledgerOf,
  lineOrderOf,
  newLine,
  stageShown,
  type TestLine,
} from "../../../line.ts";
import { type Files, treeFiles } from "../../../three-way/tree-of.ts";
import { gating, PERSON_MERGES, saidOnPull } from "../gating.ts";

const NAMINGS = [{ criterion: "AC1", tests: ["greets by name"], symbols: [], checks: [] }];
const BASE: Files = { "src/greet.ts": "one\n" };
const THEIRS: Files = { "src/greet.ts": "uno\n", "docs/a.md": "# A\n" };

/** What GitHub holds of the base and of the head as a person left it. */
function holds(line: TestLine, base: string, theirs: Files): Pick<GitHub, "treeAt" | "bytesAt"> {
  const at = (commit: string): Files => {
    if (commit === base) return BASE;
    if (commit === line.github.pullRequest(2).head.sha) return theirs;
    throw new Error(`nobody made the commit ${commit}`);
  };
  return {
    treeAt: async (commit) => ({ parents: [], files: { known: treeFiles(at(commit)) } }),
    bytesAt: async (commit, paths) =>
      paths.map((path) => {
        const file = at(commit)[path];
        return { known: typeof file === "string" ? new TextEncoder().encode(file) : null };
      }),
  };
}

/** A pull request to which a person has pushed, and what somebody says on it. */
async function pushed(body: string, by = "wil", theirs = THEIRS, config = PERSON_MERGES) {
  const line = newLine({ config });
  const issue = await gating(line, NAMINGS);
  const base = line.github.head();
  line.github.moveBranch(line.github.pullRequest(2).head.branch);
  line.github.moveHead();
  const event = saidOnPull(line, { by, body });
  line.nextRun();
  const run = (task: "route" | "claim") =>
    line.run(task, {
      event,
      ...holds(line, base, theirs),
      ...(task === "claim" ? { issue } : {}),
    });
  return { line, issue, base, event, run };
}

describe.each(["verify", "review"] as const)("/factory %s on a pull request", (asks) => {
  test("pins the head as it is on the base of its attempt, and writes nothing", async () => {
    const { line, base, run } = await pushed(`/factory ${asks}`);
    expect(await run("route")).toMatchObject({ next: "line", effects: [], ok: true });
    const before = line.github.applied.length;
    const claim = await run("claim");
    expect(claim).toMatchObject({ next: asks === "review" ? "line" : "verify", ok: true });
    expect(line.github.applied).toHaveLength(before);
    const order = lineOrderOf(claim);
    expect(order).toMatchObject({
      base,
      attempt: 1,
      examines: { pullRequest: 2, head: line.github.pullRequest(2).head.sha, asks },
      rebuilt: { of: 1, summary: "Greets by name.", namings: NAMINGS },
    });
    expect(order.rebuilt?.changeSet).toEqual({
      base,
      files: [
        { path: "docs/a.md", mode: "100644", encoding: "utf-8", content: "# A\n" },
        { path: "src/greet.ts", mode: "100644", encoding: "utf-8", content: "uno\n" },
      ],
    });
  });

  test("says on the pull request what was seen, and in the ledger who asked and what it cost", async () => {
    const { line, issue, event, run } = await pushed(`/factory ${asks}`);
    const order = lineOrderOf(await run("claim"));
    const made = green(line.github, order);
    if (order.rebuilt !== undefined) made.implement.changeSet = order.rebuilt.changeSet;
    aboutItsTree(line.github, made);
    const { review, ...checked } = made;
    const proposals = deliveries(asks === "review" ? { ...checked, review } : checked);
    const head = line.github.pullRequest(2).head.sha;
    const settled = await line.run("settle", { event, issue, order, proposals });
    expect(settled).toMatchObject({ stage: "gating", next: "none", refusals: [], ok: true });
    expect(line.github.pullRequest(2).head.sha).toBe(head);
    const [said] = line.github.comments(2).slice(-1);
    expect(said?.body).toContain(`### Millwright · looked at ${head.slice(0, 12)}`);
    expect(said?.body).toContain(
      asks === "review" ? "The reviewer found nothing that has to change." : "Every check holds.",
    );
    expect(line.github.checkRuns.at(-1)).toMatchObject({
      name: `factory/${asks}`,
      sha: head,
      conclusion: "neutral",
    });
    const last = ledgerOf(line.github, issue).at(-1);
    expect(last?.event).toMatchObject({ kind: "commanded", command: asks });
    expect(last?.usage?.usd).toBeGreaterThan(0);
    expect(stageShown(line.github, issue)).toEqual(["gating"]);
    // A run that is repeated finds it obeyed.
    line.nextRun();
    expect(await line.run("route", { event })).not.toMatchObject({ next: "line" });
  });

  test.each<readonly [string, Parameters<typeof pushed>, string]>([
    ["a stranger", [`/factory ${asks}`, "rea"], "actor-not-permitted"],
    [
      "a link in it, which no change can hold",
      [`/factory ${asks}`, "wil", { ...BASE, link: ["120000", "src"] }],
      "state-unknown",
    ],
  ])("%s: no order is made", async (_why, said, code) => {
    const { run } = await pushed(...said);
    const claim = await run("claim");
    expect(claim).toMatchObject({ next: "none", refusals: [{ code }] });
    expect(claim.order).toBeUndefined();
  });

  test("while the line is stopped nothing starts", async () => {
    const { line, run } = await pushed(`/factory ${asks}`);
    line.github.addIssue({ author: "ada", title: "stop", body: "", labels: ["factory:andon"] });
    expect(await run("claim")).toMatchObject({
      next: "none",
      refusals: [{ code: "andon-raised" }],
    });
  });
});

test("what does not hold is said, and nothing moves", async () => {
  const { line, issue, event, run } = await pushed("/factory verify");
  const order = lineOrderOf(await run("claim"));
  const { implement } = green(line.github, order);
  const proposals = [
    deliver("implement", { ...implement, order: digestOfOrder(order) }),
    deliver("verify", failed(order, "verify", "check-failed")),
  ];
  const settled = await line.run("settle", { event, issue, order, proposals });
  expect(settled).toMatchObject({ stage: "gating", next: "none" });
  expect(settled.refusals).toMatchObject([{ code: "check-failed" }]);
  expect(line.github.comments(2).at(-1)?.body).toContain("1 thing does not hold");
  expect(stageShown(line.github, issue)).toEqual(["gating"]);
});

test("a review asks for money, and a look at the checks does not", async () => {
  const config = `${PERSON_MERGES}limits: { usdPerIssue: 0.3 }\n`;
  const review = await pushed("/factory review", "wil", THEIRS, config);
  expect(await review.run("claim")).toMatchObject({ refusals: [{ code: "budget-exhausted" }] });
  const verify = await pushed("/factory verify", "wil", THEIRS, config);
  expect(await verify.run("claim")).toMatchObject({ next: "verify", refusals: [] });
});

test("without an open pull request there is nothing to look at", async () => {
  const { line, run } = await pushed("/factory verify");
  line.github.changePullRequest(2, { state: "closed" });
  expect(await run("claim")).toMatchObject({ next: "none" });
});
