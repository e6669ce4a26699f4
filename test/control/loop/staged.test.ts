import { describe, expect, test } from "vitest";
import { runInMode } from "../../../src/control/loop/run-in-mode.ts";
import { asksForStaged } from "../../../src/control/loop/staged-github.ts";
import type { ControlResult } from "../../../src/control/observed/situation.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { StagedWorld } from "../../../src/domain/github/staged.ts";
import type { Task } from "../../../src/station.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import {
  CONFIG,
  closed,
  commented,
  controlInput,
  deliver,
  deliveries,
  doorbell,
  green,
  intake,
  labeled,
  newLine,
  orderOf,
  submit,
  type TaskInput,
  type TestLine,
  toBuilding,
} from "../line.ts";

const STAGED = `${CONFIG}mode: staged\n`;

/** Runs one task as the door does. The fake throws on any write. */
function stage(line: TestLine, how: { readonly asked?: "staged" | "live" | undefined }) {
  const clock = createFakeClock();
  const run = line.nextRun();
  line.github.allow([]);
  return async (task: Task, input: TaskInput, staged?: StagedWorld): Promise<ControlResult> => {
    clock.advance(1_000);
    const full = controlInput(task, input, { github: line.github, run, sealKey: line.sealKey });
    return runInMode(
      {
        ...full,
        ...(how.asked === undefined ? {} : { mode: how.asked }),
        ...(staged === undefined ? {} : { staged }),
      },
      {
        clock,
        github: {
          ...line.github,
          bytesAt: async (_, paths) =>
            paths.map(() => ({ known: new TextEncoder().encode("export const a = 0;\n") })),
        },
      },
    );
  };
}

/** The whole line of one issue in one run, staged; the results by task. */
async function wholeLine(line: TestLine, issue: number, how: Parameters<typeof stage>[1] = {}) {
  const run = stage(line, how);
  const event = labeled(line.github, issue);
  const open = await run("open", { event, issue });
  const order = orderOf(open);
  const proposals = [deliver("intake-normalize", intake(order))];
  const propose = await run("propose", { event, issue, order, proposals });
  const claim = await run("claim", { event, issue }, propose.staged);
  const building = orderOf(claim);
  const settle = await run(
    "settle",
    { event, issue, order: building, proposals: deliveries(green(line.github, building)) },
    claim.staged,
  );
  return { open, propose, claim, settle };
}

function kinds({ effects }: ControlResult): readonly string[] {
  return effects.map(({ kind }) => kind);
}

describe("a staged issue", () => {
  test.each([
    ["by the config", STAGED, undefined],
    ["by the caller", CONFIG, "staged"],
    ["by the config, and the caller cannot take it back", STAGED, "live"],
  ] as const)("goes the whole line on paper: %s", async (_, config, asked) => {
    const line = newLine({ config });
    const issue = submit(line);
    const before = structuredClone([line.github.issue(issue), line.github.comments(issue)]);
    const { open, propose, claim, settle } = await wholeLine(line, issue, { asked });
    expect(open).toMatchObject({ next: "intake", effects: [], ok: true });
    expect(propose).toMatchObject({ next: "line", stage: "proposed", refusals: [] });
    expect(claim).toMatchObject({ next: "line", attempt: 1, refusals: [], ok: true });
    expect(settle).toMatchObject({ next: "none", stage: "smoking", refusals: [], ok: true });
    expect(settle.order).toBeUndefined();
    expect(kinds(propose)).toEqual(["write-comment", "write-comment", "set-labels"]);
    expect(kinds(claim)).toEqual(["claim-branch", "write-comment", "set-labels"]);
    expect(kinds(settle)).toEqual([
      "publish-commit",
      "open-pull-request",
      // The gate, and each check.
      ...Array(3).fill("write-check-run"),
      // What is published, written down before it is merged.
      "write-comment",
      "merge-pull-request",
      "write-comment",
      "set-labels",
      "dispatch-workflow",
    ]);
    expect(line.github.applied).toEqual([]);
    expect([line.github.issue(issue), line.github.comments(issue)]).toEqual(before);
  });

  test("shows every effect as it would stand on GitHub", async () => {
    const line = newLine({ config: STAGED });
    const { propose, claim, settle } = await wholeLine(line, submit(line));
    for (const { summary } of [propose, claim, settle]) {
      expect(summary).toContain("Staged: nothing was written.");
      expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000);
    }
    expect(propose.summary).toContain("Greet people by their name");
    expect(propose.summary).toContain("continues as if you had approved");
    expect(claim.summary).toContain("counts as approved by the person who started this run");
    expect(settle.summary).toContain(
      "```diff\n--- a/src/greet.ts\n+++ b/src/greet.ts\n@@ -1,1 +1,1 @@",
    );
    expect(settle.summary).toContain("-export const a = 0;\n+export const a = 1;");
    expect(settle.summary).toContain("<b>A pull request</b>");
    expect(settle.summary).toContain("<b>The merge</b>");
    expect(settle.summary).toContain("A start** of the workflow `deploy.yml`");
    expect(settle.summary).toContain("In a live run, `release` would follow");
    expect(settle.summary).toContain("Spent on models so far, really: $0.30.");
  });

  test("is done afterwards by the same line, live", async () => {
    const line = newLine({ config: STAGED });
    const issue = submit(line);
    await wholeLine(line, issue);
    line.github.setConfig(CONFIG);
    const { settle } = await (async () => {
      const event = labeled(line.github, issue);
      line.nextRun();
      const order = orderOf(await line.run("open", { event, issue }));
      const proposals = [deliver("intake-normalize", intake(order))];
      const propose = await line.run("propose", { event, issue, order, proposals });
      expect(propose).toMatchObject({ next: "none", stage: "proposed" });
      const approval = commented(line.github, { issue, by: "ada", body: "/factory approve" });
      const building = orderOf(await line.run("claim", { event: approval, issue }));
      return {
        settle: await line.run("settle", {
          event: approval,
          issue,
          order: building,
          proposals: deliveries(green(line.github, building)),
        }),
      };
    })();
    expect(settle).toMatchObject({ next: "release", stage: "smoking", ok: true });
  });

  test("that nobody labelled is read when a person rings for it, and nobody else's ring does", async () => {
    const line = newLine({ config: STAGED });
    const issue = line.github.addIssue({ author: "ada", title: "greeting", body: "say the name" });
    const event = doorbell(line.github, issue, "ada");
    const run = stage(line, {});
    const route = await run("route", { event });
    expect(route).toMatchObject({ next: "intake", effects: [], refusals: [] });
    const order = orderOf(await run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", intake(order))];
    const propose = await run("propose", { event, issue, order, proposals });
    expect(propose).toMatchObject({ next: "line", refusals: [] });
    const claim = await run("claim", { event, issue }, propose.staged);
    expect(claim).toMatchObject({ next: "line", refusals: [] });
    const stranger = doorbell(line.github, issue, "rea");
    expect(await run("route", { event: stranger })).toMatchObject({ next: "none" });
  });

  test("is not approved by somebody who may not", async () => {
    const line = newLine({ config: STAGED });
    const issue = submit(line);
    const run = stage(line, {});
    const event = labeled(line.github, issue);
    const order = orderOf(await run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", intake(order))];
    const propose = await run("propose", { event, issue, order, proposals });
    line.github.setPermission("ada", "read");
    const claim = await run("claim", { event, issue }, propose.staged);
    expect(claim).toMatchObject({ next: "none", effects: [] });
    expect(claim.refusals[0]).toMatchObject({ code: "actor-not-permitted" });
  });

  test("of another run is refused", async () => {
    const line = newLine({ config: STAGED });
    const issue = submit(line);
    const { propose } = await wholeLine(line, issue);
    const run = stage(line, {});
    const event = labeled(line.github, issue);
    await expect(run("claim", { event, issue }, propose.staged)).rejects.toThrow(/is of run/);
  });
});

describe("whatever is in flight when the mode changes", () => {
  test("a command is answered on paper, and nothing follows what was not written", async () => {
    const line = newLine();
    const { issue } = await toBuilding(line);
    const event = commented(line.github, { issue, by: "ada", body: "/factory stop" });
    const written = line.github.applied.length;
    const result = await stage(line, { asked: "staged" })("route", { event });
    expect(kinds(result)).toContain("write-comment");
    expect(result).toMatchObject({ next: "none" });
    expect(line.github.applied).toHaveLength(written);
  });

  test("a merge by a person is seen and not followed", async () => {
    const line = newLine({ config: CONFIG.replace("scoped-autonomy", "open-pr") });
    const { issue, order, event } = await toBuilding(line);
    const proposals = deliveries(green(line.github, order));
    await line.run("settle", { event, issue, order, proposals });
    line.github.mergeByPerson(2, "ada");
    const written = line.github.applied.length;
    const merge = closed(line.github, 2);
    const result = await stage(line, { asked: "staged" })("route", { event: merge });
    expect(result).toMatchObject({ next: "none" });
    expect(result.order).toBeUndefined();
    expect(result.summary).toContain("In a live run, `release` would follow");
    expect(line.github.applied).toHaveLength(written);
  });
});

describe("who asks for staged", () => {
  const order = { config: Config.parse({ mode: "staged" }) } as never;
  test.each([
    ["nobody", {}, "version: 1\n", false],
    ["no config at all", {}, null, false],
    ["the config", {}, "mode: staged\n", true],
    ["the caller", { mode: "staged" }, "mode: live\n", true],
    ["the config against the caller", { mode: "live" }, "mode: staged\n", true],
    ["the order's config, whatever the head says now", { order }, "mode: live\n", true],
    ["the job before", { staged: {} as never }, "mode: live\n", true],
    ["nobody, where a live config speaks of it", {}, "# staged later\nmode: live\n", false],
    ["a config that is misspelt and says staged", {}, "moed: staged\n", true],
    ["a mode that nobody knows", {}, "mode: dry\n", true],
    ["a broken file that says live", {}, "mode: live\nchecks: [\n", false],
    ["a broken file without a word of it", {}, "checks: [\n", false],
  ] as const)("%s", (_, input, text, expected) => {
    expect(asksForStaged(input, { configText: text })).toBe(expected);
  });

  test.each([
    ["its organisation", { known: "mode: staged\n" }, true],
    ["nobody, where its organisation does not either", { known: "protect: []\n" }, false],
    ["an organisation that cannot be read", { unknown: "status 404" }, true],
    ["an organisation whose config is broken", { known: "checks: [\n" }, true],
  ] as const)("%s, below an organisation", (_, sharedConfig, expected) => {
    const seen = { configText: "extends: acme/.github\n", sharedConfig };
    expect(asksForStaged({}, seen)).toBe(expected);
  });
});
