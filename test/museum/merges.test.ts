import { expect } from "vitest";
import { LINE } from "../../src/line.ts";
import {
  deliver,
  deliveries,
  green,
  intake,
  labeled,
  newLine,
  orderOf,
  smoke,
  submit,
  type TestLine,
  toBuilding,
} from "../control/line.ts";
import { allWorkflows } from "../repository/workflow-files.ts";
import { MERGES } from "./reports/merges.ts";
import { room } from "./room.ts";

/** A whole attempt, green in all; `before` may change the world or the words of the worker. */
async function settled(
  before: (line: TestLine, proposals: ReturnType<typeof green>) => void = () => undefined,
) {
  const line = newLine();
  const building = await toBuilding(line);
  const proposals = green(line.github, building.order);
  before(line, proposals);
  const result = await line.run("settle", { ...building, proposals: deliveries(proposals) });
  return { line, issue: building.issue, tree: proposals.verify.subject.tree, result };
}

function askOn({ github }: TestLine, issue: number): string {
  const ledger = github.comments(issue).find(({ body }) => body.includes("· ledger"));
  return ledger?.body.split("Stands at")[0] ?? "";
}

function done({ github }: TestLine, kind: string) {
  return github.applied.filter(
    ({ effect, receipt }) => effect.kind === kind && receipt.outcome === "done",
  );
}

/** What stands in code is shown and read by nobody. */
const withoutCode = (text: string) => text.replaceAll(/`[^`]*`/g, "");

const CLOSING = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?\s+#(\d+)/gi;

room(MERGES, {
  "dimileeh/agent-workspace-fabric#353": async () => {
    const reason = "Squash merges are not allowed on this repository.";
    const { line, issue } = await settled(({ github }) =>
      github.refuseNext("merge-pull-request", { status: 405, reason }),
    );
    expect(askOn(line, issue)).toContain(reason);
    expect(askOn(line, issue)).not.toContain("Every condition");
    expect(line.github.dispatches).toEqual([]);
    expect(done(line, "merge-pull-request")).toEqual([]);
  },

  "github/gh-aw: merge-pull-request": async () => {
    const { line, tree, result } = await settled();
    const [merge] = done(line, "merge-pull-request");
    expect(merge?.effect).toMatchObject({ base: "main", expectedTree: tree });
    expect(merge?.receipt).toMatchObject({ sha: line.github.head(), tree });
    expect(result.next).toBe("release");
  },

  "github/gh-aw#20106": async () => {
    const reason =
      "refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml`";
    const { line, issue, result } = await settled(({ github }) =>
      github.refuseNext("publish-commit", { status: 403, reason }),
    );
    const said = `${askOn(line, issue)}${JSON.stringify(result.refusals)}`;
    expect(said).toContain("refusing to allow a GitHub App to create or update workflow");
    expect(done(line, "open-pull-request")).toEqual([]);
  },

  "JSv4/Docxodus#338": async () => {
    const reason = "Resource not accessible by integration";
    const { line, issue } = await settled(({ github }) =>
      github.refuseNext("open-pull-request", { status: 403, reason }),
    );
    expect(askOn(line, issue)).toContain(reason);
    expect(askOn(line, issue)).not.toContain("id-token");
    expect(done(line, "merge-pull-request")).toEqual([]);
  },

  "lhpaul/ai-dev-framework-template#536": async () => {
    const { line } = await settled();
    const [opened] = done(line, "open-pull-request");
    expect(opened?.effect).toMatchObject({ base: "main" });
    const [merge] = done(line, "merge-pull-request");
    expect(merge?.effect).toMatchObject({ base: "main" });
  },

  "github/gh-aw#18991": async () => {
    const { line, result } = await settled(({ github }) => void github.moveHead());
    expect(result).toMatchObject({ stage: "ready", refusals: [{ code: "base-moved" }] });
    expect(done(line, "publish-commit")).toEqual([]);
    const still = await settled();
    const [published] = done(still.line, "publish-commit");
    expect(published?.effect).toMatchObject({ expectedTree: still.tree });
  },

  "DragonGC-Team/claude-agent-template#33": async () => {
    const line = newLine();
    line.github.addIssue({ author: "ada", title: "a sibling", body: "" });
    const building = await toBuilding(line);
    const { issue, event } = building;
    const proposals = green(line.github, building.order);
    proposals.implement.summary = "Resolves #1. Closes #1.";
    const all = deliveries(proposals);
    const order = orderOf(await line.run("settle", { ...building, proposals: all }));
    const seen = [deliver("post-merge-smoke", smoke(order, "passed"))];
    await line.run("record", { event, issue, order, proposals: seen });
    expect(done(line, "close-issue").map(({ effect }) => effect)).toMatchObject([{ issue }]);
    expect(line.github.issue(1).state).toBe("open");
    const [opened] = done(line, "open-pull-request");
    expect([...withoutCode(JSON.stringify(opened)).matchAll(CLOSING)]).toEqual([]);
  },

  "kamp-us/phoenix#1259": async () => {
    const { line, issue } = await settled((_line, { implement, review }) => {
      implement.summary = "Sibling fixes #1248 should reuse the same threshold.";
      implement.assumptions = ["and it closes #1250"];
      review.verdict.summary = "fixed #1251";
    });
    const texts = [
      ...done(line, "open-pull-request"),
      ...done(line, "publish-commit"),
      ...done(line, "merge-pull-request"),
    ].map(({ effect }) => JSON.stringify(effect));
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      const closed = [...withoutCode(text).matchAll(CLOSING)].map(([, number]) => number);
      expect(closed.filter((number) => number !== `${issue}`)).toEqual([]);
    }
    expect(texts.join("")).toContain("Sibling");
  },

  "JasonEtco/create-an-issue#128": async () => {
    const line = newLine();
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", intake(order))];
    const reason = "You have exceeded a secondary rate limit. Please wait a few minutes.";
    line.github.refuseNext("write-comment", { status: 403, reason });
    const first = await line.run("propose", { event, issue, order, proposals });
    expect(first.ok).toBe(false);
    expect(JSON.stringify(first)).toContain("secondary rate limit");
    await line.run("propose", { event, issue, order, proposals });
    await line.run("propose", { event, issue, order, proposals });
    expect(line.github.comments(issue)).toHaveLength(2);
  },

  "anthropics/claude-code-action#1178": () => {
    const jobs = allWorkflows()
      .filter(({ path }) => path.startsWith(".github/workflows"))
      .flatMap(({ name, workflow }) =>
        name === "ci.yml" || name === "release.yml" ? [] : Object.values(workflow.jobs),
      )
      .filter(({ uses }) => uses === undefined);
    const writes = jobs.filter(({ permissions }) =>
      Object.values(permissions ?? {}).includes("write"),
    );
    expect(writes.length).toBeGreaterThan(5);
    for (const job of writes) expect(job["timeout-minutes"], job.name).toBeLessThanOrEqual(10);
    const workers = LINE.flatMap((station) => (station.kind === "worker" ? [station.worker] : []));
    expect(writes.map(({ name }) => name)).not.toEqual(expect.arrayContaining(workers));
  },

  "The01Geek/prflow#487": () => {
    const checkouts = allWorkflows()
      .filter(({ path }) => path.startsWith(".github/workflows"))
      .flatMap(({ workflow }) => Object.values(workflow.jobs))
      .flatMap(({ steps = [] }) => steps)
      .filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(3);
    for (const step of checkouts) expect(step.with?.["persist-credentials"]).toBe(false);
  },
});
