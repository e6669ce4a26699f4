import { describe, expect, test } from "vitest";
import { digestOf } from "../../../../src/domain/digest.ts";
import { doorbell } from "../../line.ts";
import { CRON, fileOf, loopLine, PATH, TIDY } from "./loop-line.ts";

const OTHER = ".github/factory/loops/other.md";

describe("loop-open", () => {
  test("the line of the schedule that rang says which loop is due, and all of it is pinned", async () => {
    const line = loopLine({
      [PATH]: TIDY,
      [OTHER]: fileOf('on: { schedule: "1 1 * * *" }\ngather: { command: "true" }'),
    });
    const result = await line.open();
    expect(result).toMatchObject({ ok: true, next: "loop", refusals: [] });
    expect(result.order).toMatchObject({
      kind: "loop",
      base: line.github.head(),
      loop: {
        name: "tidy",
        path: PATH,
        digest: digestOf(TIDY),
        instruction: "Find what is untidy.",
      },
    });
  });

  test("what a gatherer may see of GitHub goes along", async () => {
    const line = loopLine();
    const number = line.github.addIssue({
      author: "rea",
      title: "Slow",
      body: "It is slow",
      labels: ["feedback"],
    });
    const { order } = await line.open();
    const visible: unknown = JSON.parse(order?.kind === "loop" ? order.loop.visible : "");
    expect(visible).toMatchObject({
      repository: "OWNER/app",
      issues: [{ number, title: "Slow", body: "It is slow", labels: ["feedback"] }],
      left: 0,
      own: [],
      history: { known: { source: "ledgers" } },
    });
  });

  describe("discussions", () => {
    const ASKS = fileOf(
      `on: { schedule: "${CRON}" }\ngather: { use: feedback, with: { discussions: true, label: said } }`,
    );
    const discussion = {
      ...{ number: 7, title: "Slow", body: "It is slow", author: "rea", labels: ["said"] },
      ...{ url: "https://github.com/OWNER/app/discussions/7", createdAt: "2026-11-20T09:00:00Z" },
    };

    test("go along where a loop asks for them", async () => {
      const line = loopLine({ [PATH]: ASKS });
      line.github.discussed({ known: { discussions: [discussion], unread: 3 } });
      const { order, refusals } = await line.open();
      expect(refusals).toEqual([]);
      const visible: unknown = JSON.parse(order?.kind === "loop" ? order.loop.visible : "");
      expect(visible).toMatchObject({ discussions: { shown: [discussion], left: 0, unread: 3 } });
    });

    test("are counted where they find no room", async () => {
      const line = loopLine({ [PATH]: ASKS });
      const discussions = Array.from({ length: 300 }, (_, index) => ({
        ...discussion,
        ...{ number: index + 1, body: "x".repeat(20_000) },
      }));
      line.github.discussed({ known: { discussions, unread: 0 } });
      const { order } = await line.open();
      const visible = JSON.parse(order?.kind === "loop" ? order.loop.visible : "");
      expect(visible.discussions.shown.length).toBeGreaterThan(50);
      expect(visible.discussions.shown.length + visible.discussions.left).toBe(300);
      expect(visible.discussions.shown[0].body).toHaveLength(8_000);
    });

    test("that are asked for and cannot be read are refused, in GitHub's words", async () => {
      const line = loopLine({ [PATH]: ASKS });
      line.github.discussed({ unknown: "Resource not accessible by integration" });
      expect(await line.open()).toMatchObject({
        next: "none",
        refusals: [
          {
            code: "state-unknown",
            subject: "the discussions",
            found: "Resource not accessible by integration",
          },
        ],
      });
    });

    test.each([
      "gather: { use: feedback }",
      "gather: { use: feedback, with: { discussions: false } }",
      "gather: { use: plan, with: { discussions: true } }",
    ])("%s asks for none", async (gather) => {
      // The fake throws where it is asked.
      const line = loopLine({ [PATH]: fileOf(`on: { schedule: "${CRON}" }\n${gather}`) });
      const { order } = await line.open();
      expect(order?.kind === "loop" && JSON.parse(order.loop.visible)).not.toHaveProperty(
        "discussions",
      );
    });
  });

  test("a beat of a line that no loop names ends well and does nothing", async () => {
    const result = await loopLine().open({ schedule: "0 0 * * *" });
    expect(result).toMatchObject({ ok: true, next: "none", refusals: [] });
    expect(result.summary).toContain("no loop is due");
  });

  test("a beat that names no line starts nothing", async () => {
    expect(await loopLine().open({})).toMatchObject({ next: "none" });
  });

  test("a file with a fault is named with its line, and does not keep another loop from its work", async () => {
    const line = loopLine({
      [PATH]: TIDY,
      [OTHER]: fileOf("gather: { command: x }\nexpireAfterDay: 3"),
    });
    const result = await line.open();
    expect(result).toMatchObject({
      ok: true,
      next: "loop",
      refusals: [
        {
          code: "loop-invalid",
          subject: OTHER,
          found:
            'line 3: expireAfterDay: unknown key "expireAfterDay"; did you mean "expireAfterDays"?',
        },
      ],
    });
  });

  test.each(["factory:queued", "Factory:own"])(
    "a loop whose issues would have the label %s is refused: none starts the line by itself",
    async (label) => {
      const front = `gather: { command: x }\non: { schedule: "${CRON}" }\neffects: { labels: [a, "${label}"] }`;
      const result = await loopLine({ [PATH]: fileOf(front) }).open();
      expect(result).toMatchObject({
        ...{ ok: false, next: "none" },
        refusals: [{ code: "loop-invalid", found: label }],
      });
    },
  );

  test("where nothing else is due, a file with a fault ends red", async () => {
    const result = await loopLine({ [PATH]: "no front matter" }).open();
    expect(result).toMatchObject({ ok: false, next: "none", refusals: [{ code: "loop-invalid" }] });
  });

  test("two loops of one line are refused: nobody can tell which was meant", async () => {
    const line = loopLine({ [PATH]: TIDY, [OTHER]: TIDY });
    expect(await line.open()).toMatchObject({
      ok: false,
      refusals: [{ code: "loop-invalid", subject: `${OTHER} and ${PATH}` }],
    });
  });

  test.each([
    ["a person with write", "wil", "loop"],
    ["a person who may only read", "rea", "none"],
    ["a bot", "helper[bot]", "none"],
  ])("%s asks for one by its name", async (_who, login, next) => {
    const line = loopLine();
    const rung = doorbell(line.github, "", login);
    const payload = { ...rung.payload, inputs: { loop: "tidy" } };
    line.nextRun();
    const result = await line.run("loop-open", { event: { name: rung.name, payload } });
    expect(result.next).toBe(next);
  });

  test("a name that no file has is refused, with the names that there are", async () => {
    const line = loopLine();
    const rung = doorbell(line.github, "", "wil");
    const payload = { ...rung.payload, inputs: { loop: "tidier" } };
    const result = await line.run("loop-open", { event: { name: rung.name, payload } });
    expect(result).toMatchObject({
      ok: false,
      refusals: [{ code: "loop-invalid", subject: "loop tidier", accepted: "tidy" }],
    });
  });

  test("the andon stops loops, too", async () => {
    const line = loopLine();
    line.github.addIssue({ author: "wil", title: "Stop", body: "", labels: ["factory:andon"] });
    expect(await line.open({ schedule: CRON })).toMatchObject({
      next: "none",
      refusals: [{ code: "andon-raised" }],
    });
  });
});
