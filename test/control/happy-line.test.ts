import { describe, expect, test } from "vitest";
import {
  approve,
  CONTRACT_DIGEST,
  deliver,
  deliveries,
  green,
  intake,
  kindsOf,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  smoke,
  stageShown,
  submit,
  toSmoking,
} from "./line.ts";

describe("an issue that nothing stops", () => {
  test("goes from the label to done, and every step stands in one ledger", async () => {
    const line = newLine();
    const { github } = line;
    const issue = submit(line);
    const run = line.nextRun();
    const label = labeled(github, issue);

    const open = await line.run("open", { event: label, issue });
    expect(open).toMatchObject({ next: "intake", refusals: [], effects: [], ok: true });
    const first = orderOf(open);
    expect(first).toMatchObject({
      kind: "intake",
      id: `77/${run}/intake`,
      base: github.head(),
      // All that the config names: which of them are there, who has the objects sees.
      harness: expect.arrayContaining(["AGENTS.md", "docs/product.md"]),
      issue: { title: "greeting", remarks: [] },
      budget: { usd: 5, turns: 80 },
    });

    const propose = await line.run("propose", {
      event: label,
      issue,
      order: first,
      proposals: [deliver("intake-normalize", intake(first))],
    });
    expect(propose).toMatchObject({ next: "none", stage: "proposed", refusals: [], ok: true });
    expect(stageShown(github, issue)).toEqual(["proposed"]);
    expect(kindsOf(github, issue)).toEqual(["submitted", "proposed"]);

    const event = approve(line, issue);
    const claim = await line.run("claim", { event, issue });
    expect(claim).toMatchObject({ next: "line", attempt: 1, stage: "building", refusals: [] });
    expect(github.branch(`factory/${issue}-1`)).toBe(github.head());
    const order = orderOf(claim);
    expect(order).toMatchObject({ kind: "line", attempt: 1, contractDigest: CONTRACT_DIGEST });
    expect(order.budget.usd).toBeCloseTo(4.9);

    const proposals = deliveries(green(github, order));
    const settle = await line.run("settle", { event, issue, order, proposals });
    expect(settle).toMatchObject({ next: "release", stage: "smoking", refusals: [], ok: true });
    const merged = github.pullRequest(2);
    expect(merged).toMatchObject({ merged: true, head: { branch: `factory/${issue}-1` } });
    expect(settle.receipts.map(({ kind }) => kind)).toEqual([
      "publish-commit",
      "open-pull-request",
      ...github.checkRuns.map(() => "write-check-run"),
      "write-comment",
      "merge-pull-request",
      "write-comment",
      "set-labels",
      "dispatch-workflow",
    ]);
    expect(github.dispatches).toEqual([{ workflow: "deploy.yml", inputs: {} }]);
    expect(github.checkRuns.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["factory/gate", "success"],
      ["factory/lint", "success"],
      ["factory/test", "success"],
    ]);
    expect(stageShown(github, issue)).toEqual(["smoking"]);
    expect(github.issue(issue).labels).toContain("factory:risk-medium");

    const release = orderOf(settle);
    expect(release).toMatchObject({
      kind: "release",
      base: merged.mergeSha,
      release: { pullRequest: 2, mergeSha: merged.mergeSha },
    });
    const record = await line.run("record", {
      event,
      issue,
      order: release,
      proposals: [deliver("post-merge-smoke", smoke(release, "passed"))],
    });
    expect(record).toMatchObject({ next: "none", stage: "done", refusals: [], ok: true });
    expect(github.issue(issue).state).toBe("closed");
    expect(stageShown(github, issue)).toEqual(["done"]);
    expect(kindsOf(github, issue)).toEqual([
      "submitted",
      "proposed",
      "approved",
      "claimed",
      "published",
      "merged",
      "smoked",
    ]);
    const spent = ledgerOf(github, issue).map(({ usage }) => usage?.usd ?? 0);
    expect(spent.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(0.3);
    expect(github.comments(issue).filter(({ author }) => author.type === "Bot")).toHaveLength(2);
  });

  test("needs no deploy: without one nothing is dispatched and the smoke test follows all the same", async () => {
    const line = newLine({
      config: "trust: { default: scoped-autonomy }\nchecks: { test: npm test }\n",
    });
    const { result } = await toSmoking(line);
    expect(result).toMatchObject({ next: "release", stage: "smoking" });
    expect(line.github.dispatches).toEqual([]);
  });

  test.each([
    ["never", "src/**", "line"],
    ["when-risky", "docs/**", "line"],
    ["when-risky", "src/**", "none"],
    ["always", "docs/**", "none"],
  ])("approve: %s with paths %s leads to %s", async (mode, path, next) => {
    const line = newLine({ config: `approve: ${mode}\nchecks: { test: npm test }\n` });
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    const proposed = intake(order);
    if (proposed.worker === "intake-normalize" && proposed.result.kind === "contract") {
      proposed.result.contract = {
        ...proposed.result.contract,
        boundaries: { paths: [path], commands: [], network: [], secrets: [] },
        context: { files: [], tests: [], docs: [], decisions: [], notFound: [] },
      };
    }
    const proposals = [deliver("intake-normalize", proposed)];
    const result = await line.run("propose", { event, issue, order, proposals });
    expect(result.next).toBe(next);
    expect(stageShown(line.github, issue)).toEqual([next === "line" ? "ready" : "proposed"]);
    if (next === "line") {
      const claim = await line.run("claim", { event, issue });
      expect(claim).toMatchObject({ next: "line", stage: "building" });
      expect(kindsOf(line.github, issue)).toEqual(["submitted", "proposed", "approved", "claimed"]);
    }
  });
});
