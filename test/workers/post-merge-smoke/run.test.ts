import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { digestOfOrder, type ReleaseOrder } from "../../../src/domain/order.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import { probeIdOf } from "../../../src/domain/smoke.ts";
import type { Web } from "../../../src/ports/web.ts";
import { runSmoke } from "../../../src/workers/post-merge-smoke/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { answered, createFakeWeb, type WebAnswer } from "../../fakes/web.ts";
import { releaseOrder } from "../orders.ts";

const MERGE = "d".repeat(40);
const OLD = "e".repeat(40);
const VERSION = "https://example.com/version.json";
const HEALTH = "https://example.com/health";
const DEPLOY = { workflow: "deploy.yml", sha: VERSION, timeoutSeconds: 60 };
const PROBE = { get: HEALTH, expect: { bodyMatches: '"ok":\\s*true' } };
const JSON_PROBE = {
  get: HEALTH,
  expect: {
    json: [
      { path: "$.db[0].state", equals: "up" },
      { path: "$.queued", equals: 0 },
    ],
  },
};
const FAST = { get: HEALTH, expect: { withinMs: 800 } };
const AWAY: WebAnswer = { kind: "unreachable", reason: "connect ECONNREFUSED", durationMs: 3 };

function orderOf(smoke: unknown, known: Partial<ReleaseOrder["release"]> = {}): ReleaseOrder {
  const release = { pullRequest: 2, mergeSha: MERGE, tree: "f".repeat(40), changedPaths: [] };
  return releaseOrder({
    config: Config.parse({ smoke }),
    release: { ...release, ...known },
  });
}

async function smoke(
  config: unknown,
  answers: Parameters<typeof createFakeWeb>[0],
  known: Partial<ReleaseOrder["release"]> = {},
) {
  const order = orderOf(config, known);
  const web = createFakeWeb(answers);
  const clock = createFakeClock();
  // A worker begins when others have worked already.
  clock.advance(5_000);
  const proposal = Proposal.parse(await runSmoke(order, { web, clock }));
  expect(proposal.order).toBe(digestOfOrder(order));
  return { proposal, web, clock };
}

describe("what runSmoke waits for", () => {
  test("the merged commit: then it probes, and looks whether that one is still live", async () => {
    const { proposal, web, clock } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      {
        [VERSION]: [
          AWAY,
          answered("{}"),
          answered(`{"commit":"${MERGE}"}`),
          answered(`{"commit":"${MERGE}"}`),
        ],
        [HEALTH]: answered('{"ok": true}'),
      },
    );
    expect(proposal).toMatchObject({
      worker: "post-merge-smoke",
      mergeSha: MERGE,
      liveSha: MERGE,
      status: "passed",
      waitedMs: 1_250,
      lookedFor: { where: VERSION, found: `${MERGE} is live`, tries: 3 },
      probes: [
        {
          url: HEALTH,
          status: "passed",
          found: "HTTP 200 in 5 ms",
          tries: [{ status: "passed" }],
          before: { status: "unknown" },
        },
      ],
    });
    expect(web.requests).toEqual([VERSION, VERSION, VERSION, HEALTH, VERSION]);
    expect(clock.waits).toEqual([500, 750]);
  });

  test("is not deployed when another commit stays live, and says nothing of probes", async () => {
    const { proposal, clock } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      { [VERSION]: answered(OLD), [HEALTH]: answered("", 500) },
    );
    expect(proposal).toMatchObject({
      status: "not-deployed",
      liveSha: OLD,
      waitedMs: 60_000,
      lookedFor: {
        where: VERSION,
        found: `HTTP 200 names ${OLD}, expected ${MERGE}, after 60 s`,
      },
      probes: [],
    });
    expect(Math.max(...clock.waits)).toBeLessThanOrEqual(10_000);
  });

  const LONG = "a".repeat(64);
  test.each([
    ["a page without a commit", answered("hello"), null, "HTTP 200 names no commit"],
    ["a commit of SHA-256", answered(`v ${LONG}`), LONG, `HTTP 200 names ${LONG}`],
    ["a longer number", answered(`${OLD}0 0${OLD}`), null, "HTTP 200 names no commit"],
    ["a commit beside a shorter number", answered(`abc ${OLD}.`), OLD, `HTTP 200 names ${OLD}`],
    ["an error page that repeats it", answered(MERGE, 404), MERGE, `HTTP 404 names ${MERGE}`],
    ["an answer elsewhere", answered(MERGE, 300), MERGE, `HTTP 300 names ${MERGE}`],
    ["no answer yet", answered(MERGE, 199), MERGE, `HTTP 199 names ${MERGE}`],
  ])("does not take %s for the merged commit", async (_what, answer, liveSha, found) => {
    const { proposal } = await smoke({ deploy: DEPLOY }, { [VERSION]: answer });
    expect(proposal).toMatchObject({
      status: "not-deployed",
      liveSha,
      lookedFor: { found: `${found}, expected ${MERGE}, after 60 s` },
    });
  });

  test("says that nobody could look when the version cannot be reached", async () => {
    const { proposal } = await smoke({ deploy: DEPLOY, probes: [PROBE] }, { [VERSION]: AWAY });
    expect(proposal).toMatchObject({
      status: "unreachable",
      liveSha: null,
      lookedFor: { found: "unreachable: connect ECONNREFUSED after 60 s" },
      probes: [],
    });
  });

  test("says nothing of a commit whose place another one took while it was probed", async () => {
    const { proposal } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      { [VERSION]: [answered(MERGE), answered(OLD)], [HEALTH]: answered("", 500) },
    );
    expect(proposal).toMatchObject({
      status: "not-deployed",
      liveSha: OLD,
      lookedFor: { found: expect.stringContaining("while it was probed") },
      probes: [],
    });
  });

  test.each([
    ["an address that is away", AWAY],
    ["an error page", answered(OLD, 500)],
  ])("%s after the probes takes no commit's place", async (_, after) => {
    const { proposal } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      { [VERSION]: [answered(MERGE), after], [HEALTH]: answered("", 500) },
    );
    expect(proposal).toMatchObject({ status: "failed", liveSha: MERGE });
  });

  test("takes GitHub's word for a deployment from the order", async () => {
    const deployed = { environment: "production", at: "2026-11-01T10:00:00Z" };
    const { proposal } = await smoke(
      { probes: [PROBE] },
      { [HEALTH]: answered('{"ok":true}') },
      { deployed },
    );
    expect(proposal).toMatchObject({
      status: "passed",
      liveSha: MERGE,
      lookedFor: { where: "the deployment to production", found: `success at ${deployed.at}` },
    });
  });

  test("calls nothing live where no deploy is configured", async () => {
    const { proposal } = await smoke({ probes: [PROBE] }, { [HEALTH]: answered('{"ok":true}') });
    expect(proposal).toMatchObject({ status: "passed", liveSha: null, lookedFor: null });
  });
});

describe("what was before", () => {
  const red = answered("", 500);
  const green = answered('{"ok":true}');
  const thrice = [red, red, red];

  test.each([
    ["green before", [green, ...thrice], "failed", "passed"],
    ["red before", [...thrice, ...thrice], "red-before", "failed"],
    ["flaky before", [red, green, ...thrice], "failed", "flaky"],
    ["away before", [AWAY, AWAY, AWAY, ...thrice], "failed", "unreachable"],
    ["mended", [...thrice, green], "passed", "failed"],
  ])("%s, while the older commit is still live", async (_, answers, status, before) => {
    const { proposal } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      {
        [VERSION]: [answered(OLD), answered(OLD), answered(MERGE), answered(MERGE)],
        [HEALTH]: answers,
      },
    );
    expect(proposal).toMatchObject({
      status,
      liveSha: MERGE,
      probes: [{ before: { status: before, commit: OLD, seen: "in-this-job" } }],
    });
  });

  test("is unknown when the older commit went while it was asked", async () => {
    const { proposal } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      {
        [VERSION]: [answered(OLD), answered(MERGE), answered(MERGE), answered(MERGE)],
        [HEALTH]: [green, ...thrice],
      },
    );
    expect(proposal).toMatchObject({
      status: "failed",
      probes: [{ before: { status: "unknown" } }],
    });
  });

  test("comes from the record where nothing was seen, and only of the very same question", async () => {
    const id = probeIdOf(orderOf({ probes: [PROBE] }).config.smoke.probes[0]);
    const known = { before: { commit: OLD, passed: [id] } };
    const same = await smoke({ probes: [PROBE] }, { [HEALTH]: red }, known);
    expect(same.proposal).toMatchObject({
      probes: [{ before: { status: "passed", commit: OLD, seen: "recorded" } }],
    });
    const other = await smoke({ probes: [FAST] }, { [HEALTH]: red }, known);
    expect(other.proposal).toMatchObject({ probes: [{ before: { status: "unknown" } }] });
  });

  test("a look of this job goes before the record", async () => {
    const id = probeIdOf(orderOf({ probes: [PROBE] }).config.smoke.probes[0]);
    const { proposal } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      {
        [VERSION]: [answered(OLD), answered(OLD), answered(MERGE), answered(MERGE)],
        [HEALTH]: red,
      },
      { before: { commit: OLD, passed: [id] } },
    );
    expect(proposal).toMatchObject({ status: "red-before" });
  });
});

describe("how runSmoke probes", () => {
  const ok = answered('{"ok":true}');
  test.each([
    [
      "a hiccup is flaky",
      PROBE,
      [answered("", 502), ok],
      "flaky",
      2,
      /^1 of 2 tries passed: HTTP 502/,
    ],
    [
      "a break fails after three tries",
      PROBE,
      answered("oops", 500),
      "failed",
      3,
      /expected HTTP 200; the body `"oops"` does not match/,
    ],
    ["a wrong body fails", PROBE, answered('{"ok":false}'), "failed", 3, /does not match/],
    [
      "JSON that holds what is expected passes",
      JSON_PROBE,
      answered('{"db":[{"state":"up"}],"queued":0}'),
      "passed",
      1,
      /^HTTP 200/,
    ],
    [
      "JSON with another value fails, and says which",
      JSON_PROBE,
      answered('{"db":[{"state":"down"}],"queued":"0"}'),
      "failed",
      3,
      /\$\.db\[0\]\.state is "down", expected "up"; \$\.queued is "0", expected 0$/,
    ],
    [
      "JSON without the value fails",
      JSON_PROBE,
      answered("{}"),
      "failed",
      3,
      /is nothing, expected/,
    ],
    ["what is no JSON fails", JSON_PROBE, answered("{"), "failed", 3, /is no JSON/],
    ["slow at every try fails", FAST, answered("", 200, 900), "failed", 3, /within 800 ms/],
    ["slow at first passes", FAST, [answered("", 200, 900), ok, ok], "passed", 3, /in 5 ms$/],
    ["in time twice passes", FAST, answered("", 200, 800), "passed", 2, /^HTTP 200 in 800 ms$/],
    [
      "the last of several failures is told",
      PROBE,
      [answered("", 500), answered("", 404), answered("", 403)],
      "failed",
      3,
      /^HTTP 403/,
    ],
    ["no answer is neither", PROBE, AWAY, "unreachable", 3, /ECONNREFUSED/],
    [
      "wrong once and then away is not wrong at every try",
      PROBE,
      [answered("", 500), AWAY, AWAY],
      "unreachable",
      3,
      /ECONNREFUSED/,
    ],
  ] as const)("%s", async (_what, probe, answers, status, tries, found) => {
    const { proposal } = await smoke({ probes: [probe] }, { [HEALTH]: answers });
    expect(proposal).toMatchObject({
      status,
      liveSha: null,
      probes: [{ status, found: expect.stringMatching(found) }],
    });
    if (proposal.worker !== "post-merge-smoke") throw new Error(proposal.worker);
    expect(proposal.probes[0]?.tries).toHaveLength(tries);
  });

  test("spreads the tries of all probes over the time of the config, in common rounds", async () => {
    const other = { get: "https://example.com/other" };
    const { clock, web } = await smoke(
      { probes: [PROBE, other], spreadSeconds: 30 },
      { [HEALTH]: AWAY, [other.get]: AWAY },
    );
    expect(clock.waits).toEqual([10_000, 20_000]);
    expect(web.requests).toEqual([HEALTH, other.get, HEALTH, other.get, HEALTH, other.get]);
  });

  test("does not wait where all was in time, and is asked again for its time alone", async () => {
    const { clock, web } = await smoke({ probes: [FAST] }, { [HEALTH]: answered("") });
    expect(web.requests).toEqual([HEALTH, HEALTH]);
    expect(clock.waits).toEqual([]);
  });

  test.each([
    [undefined, 10_000],
    [800, 10_000],
    [5_000, 10_000],
    [8_000, 16_000],
  ])("an answer within %j ms may take %d ms, and 64 KiB", async (withinMs, timeoutMs) => {
    const asked: unknown[] = [];
    const web = createFakeWeb({ [HEALTH]: answered("") });
    const noting: Web = {
      ...web,
      get: (url, bounds) => {
        asked.push(bounds);
        return web.get(url, bounds);
      },
    };
    const probe = { get: HEALTH, expect: withinMs === undefined ? {} : { withinMs } };
    await runSmoke(orderOf({ probes: [probe] }), { web: noting, clock: createFakeClock() });
    expect(asked[0]).toEqual({ timeoutMs, maximumBytes: 65_536 });
  });

  test("counts one failure among many, and unreachable only where nothing failed", async () => {
    const other = { get: "https://example.com/other" };
    const probes = [PROBE, other];
    const both = await smoke({ probes }, { [HEALTH]: AWAY, [other.get]: answered("", 500) });
    expect(both.proposal).toMatchObject({ status: "failed" });
    const away = await smoke({ probes }, { [HEALTH]: AWAY, [other.get]: answered("") });
    expect(away.proposal).toMatchObject({ status: "unreachable" });
  });

  test("tells no probes from probes that passed", async () => {
    const { proposal } = await smoke({ deploy: DEPLOY }, { [VERSION]: answered(MERGE) });
    expect(proposal).toMatchObject({ status: "nothing-to-probe", liveSha: MERGE, probes: [] });
  });

  test("refuses a pattern that cannot be matched in linear time, before any look", async () => {
    const probe = { get: HEALTH, expect: { bodyMatches: "(a)\\1" } };
    const { proposal, web } = await smoke({ probes: [PROBE, probe] }, {});
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "post-merge-smoke",
      refusal: {
        code: "config-invalid",
        subject: "smoke.probes[1].expect.bodyMatches",
        found: "(a)\\1: \\1, which is not supported at character 4",
      },
    });
    expect(web.requests).toEqual([]);
  });

  test("returns what the web port threw", async () => {
    const ports = { web: createFakeWeb(), clock: createFakeClock() };
    expect(await runSmoke(orderOf({ probes: [PROBE] }), ports)).toMatchObject({
      worker: "failed",
      refusal: { code: "worker-failed", found: expect.stringContaining(HEALTH) },
    });
  });
});
