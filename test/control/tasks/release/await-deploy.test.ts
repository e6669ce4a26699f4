import { describe, expect, test } from "vitest";
import {
  closed,
  deliveries,
  doorbell,
  green,
  ledgerOf,
  newLine,
  orderOf,
  type TestLine,
  toBuilding,
  toSmoking,
} from "../../line.ts";

const CONFIG = `version: 1
checks: { lint: npm run lint, test: { run: npm test, report: junit.xml } }
trust: { default: scoped-autonomy }
approve: always
smoke:
  deploy: { workflow: deploy.yml, status: production, timeoutSeconds: 600 }
  probes: [{ get: "https://example.com/health" }]
`;

/** A merge that the factory waits for, and a ring that looks for its deployment. */
async function merged(config = CONFIG) {
  const line = newLine({ config });
  const { issue, result } = await toSmoking(line);
  return { line, issue, result, ring: () => ring(line, issue) };
}

async function ring(line: TestLine, issue: number) {
  line.nextRun();
  return line.run("route", { event: doorbell(line.github, issue) });
}

describe("a merge whose deployment GitHub reports", () => {
  test("is deployed, and another run is rung to look: the merging job holds back all others", async () => {
    const { line, issue, result } = await merged();
    expect(result).toMatchObject({ next: "none", stage: "smoking", ok: true });
    expect(result.order).toBeUndefined();
    expect(line.github.dispatches).toEqual([
      { workflow: "deploy.yml", inputs: {} },
      { workflow: "factory.yml", inputs: { issue: `${issue}` } },
    ]);
  });

  test("is probed once GitHub says that it succeeded, with that word in the order", async () => {
    const { line, ring } = await merged();
    line.github.deploys(null, "queued", "in_progress", "success");
    const result = await ring();
    expect(result).toMatchObject({ next: "release", stage: "smoking", effects: [] });
    expect(orderOf(result)).toMatchObject({
      release: {
        deployed: { environment: "production" },
        parent: expect.stringMatching(/^[0-9a-f]{40}$/),
      },
    });
  });

  test("that waits for a reviewer waits without end, and says so", async () => {
    const { line, issue, ring } = await merged();
    line.github.deploys("waiting");
    line.pass(7 * 86_400);
    const before = ledgerOf(line.github, issue).length;
    const result = await ring();
    expect(result).toMatchObject({
      next: "none",
      stage: "smoking",
      effects: [],
      refusals: [],
      ok: true,
    });
    expect(result.summary).toContain("the deploy waits");
    expect(ledgerOf(line.github, issue)).toHaveLength(before);
  });

  test("that is on its way is looked for for some minutes, then another run is rung", async () => {
    const { line, issue, ring } = await merged();
    line.github.deploys("in_progress");
    const looks = line.github.scopes.length;
    const result = await ring();
    expect(result).toMatchObject({ next: "none", stage: "smoking", ok: true });
    expect(result.effects).toMatchObject([
      { kind: "dispatch-workflow", inputs: { issue: `${issue}` } },
    ]);
    const asked = line.github.scopes.slice(looks).filter(({ deployment }) => deployment);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked[0]?.deployment).toEqual({
      environment: "production",
      sha: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  test.each([
    ["failure", "failure", "deploy-not-seen"],
    ["error", "error", "deploy-not-seen"],
    ["one that another took the place of", "inactive", "deploy-not-seen"],
    ["one that never came in time", null, "deploy-not-seen"],
    ["one that is late", "pending", "deploy-not-seen"],
  ] as const)(
    "%s asks a person, and says nothing of how the merge works",
    async (_, state, code) => {
      const { line, issue, ring } = await merged();
      line.github.deploys(state);
      line.pass(601);
      const result = await ring();
      expect(result).toMatchObject({ next: "none", stage: "needs-human" });
      expect(result.refusals).toMatchObject([{ code, subject: "the deployment to production" }]);
      expect(line.github.issue(issue).labels).not.toContain("factory:andon");
      const smoked = ledgerOf(line.github, issue).find(({ event }) => event.kind === "smoked");
      expect(smoked?.event).toMatchObject({ status: "not-deployed", live: false });
    },
  );

  test.each([
    ["what it may not see", { unknown: "the deployments: Resource not accessible" }],
    ["a word that it does not know", "celebrated"],
  ])("asks a person for %s, and records no smoke test", async (_, state) => {
    const { line, issue, ring } = await merged();
    line.github.deploys(state);
    const result = await ring();
    expect(result).toMatchObject({ stage: "needs-human", refusals: [{ code: "state-unknown" }] });
    const kinds = ledgerOf(line.github, issue).map(({ event }) => event.kind);
    expect(kinds).not.toContain("smoked");
  });

  test("by a person is waited for in the same way", async () => {
    const line = newLine({ config: CONFIG.replace("scoped-autonomy", "open-pr") });
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    line.github.mergeByPerson(2, "ada");
    line.nextRun();
    const result = await line.run("route", { event: closed(line.github, 2) });
    expect(result).toMatchObject({ next: "none", stage: "smoking", ok: true });
    expect(line.github.dispatches.at(-1)).toMatchObject({ workflow: "factory.yml" });
  });
});

test("without an environment nobody is asked, and the smoke test follows the merge", async () => {
  const { line, result } = await merged(CONFIG.replace("status: production, ", ""));
  expect(result).toMatchObject({ next: "release", stage: "smoking" });
  expect(line.github.scopes.some(({ deployment }) => deployment !== undefined)).toBe(false);
});

describe("a smoke test that belongs to no issue", () => {
  const pushed = (line: TestLine) => ({
    name: "push",
    payload: { after: line.github.head(), sender: { id: 100, login: "ada", type: "User" } },
  });

  test.each([
    ["waits for the deployment of the head", ["pending", "success"], "release", true],
    ["leaves what waits for a person to a later run", ["waiting"], "none", true],
    ["leaves what is late to a later run", ["in_progress"], "none", true],
    ["says that the deployment failed", ["failure"], "none", true],
  ] as const)("%s", async (_, states, next, ok) => {
    const line = newLine({ config: CONFIG });
    line.github.deploys(...states);
    line.nextRun();
    const result = await line.run("smoke-open", { event: pushed(line) });
    expect(result).toMatchObject({ next, ok, effects: [] });
    expect(result.refusals.map(({ code }) => code)).toEqual(
      states.some((state) => state === "failure") ? ["deploy-not-seen"] : [],
    );
  });
});
