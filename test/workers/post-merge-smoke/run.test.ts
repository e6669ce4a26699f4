import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { digestOfOrder, type ReleaseOrder } from "../../../src/domain/order.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import { runSmoke } from "../../../src/workers/post-merge-smoke/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { answered, createFakeWeb, type WebAnswer } from "../../fakes/web.ts";
import { releaseOrder } from "../orders.ts";

const MERGE = "d".repeat(40);
const OLD = "e".repeat(40);
const VERSION = "https://example.com/version.json";
const HEALTH = "https://example.com/health";
const DEPLOY = { workflow: "deploy.yml", sha: VERSION, timeoutSeconds: 60 };
const PROBE = { get: HEALTH, expect: { bodyMatches: '"ok":\\s*true', withinMs: 800 } };
const AWAY: WebAnswer = { kind: "unreachable", reason: "connect ECONNREFUSED", durationMs: 3 };

function orderOf(smoke: unknown): ReleaseOrder {
  return releaseOrder({
    config: Config.parse({ smoke }),
    release: { pullRequest: 2, mergeSha: MERGE, tree: "f".repeat(40), changedPaths: [] },
  });
}

async function smoke(config: unknown, answers: Parameters<typeof createFakeWeb>[0]) {
  const order = orderOf(config);
  const web = createFakeWeb(answers);
  const clock = createFakeClock();
  const proposal = Proposal.parse(await runSmoke(order, { web, clock }));
  expect(proposal.order).toBe(digestOfOrder(order));
  return { proposal, web, clock };
}

describe("runSmoke", () => {
  test("waits for the merged commit, then probes", async () => {
    const { proposal, web, clock } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      {
        [VERSION]: [AWAY, answered(`{"commit":"${OLD}"}`), answered(`{"commit":"${MERGE}"}`)],
        [HEALTH]: answered('{"ok": true}'),
      },
    );
    expect(proposal).toMatchObject({
      worker: "post-merge-smoke",
      mergeSha: MERGE,
      liveSha: MERGE,
      status: "passed",
      waitedMs: 1_250,
      probes: [{ url: HEALTH, status: "passed", found: "HTTP 200 in 5 ms", tries: 1 }],
    });
    expect(web.requests).toEqual([VERSION, VERSION, VERSION, HEALTH]);
    expect(clock.waits).toEqual([500, 750]);
  });

  test("fails when another commit stays live, and does not probe that one", async () => {
    const { proposal, web, clock } = await smoke(
      { deploy: DEPLOY, probes: [PROBE] },
      { [VERSION]: answered(OLD) },
    );
    expect(proposal).toMatchObject({
      status: "failed",
      liveSha: OLD,
      waitedMs: 60_000,
      probes: [
        {
          url: VERSION,
          status: "failed",
          found: `HTTP 200 names ${OLD}, expected ${MERGE}, after 60 s`,
        },
      ],
    });
    expect(web.requests).not.toContain(HEALTH);
    expect(Math.max(...clock.waits)).toBeLessThanOrEqual(10_000);
  });

  test("does not believe an error page that repeats the commit", async () => {
    const { proposal } = await smoke(
      { deploy: DEPLOY },
      { [VERSION]: answered(`no ${MERGE} here`, 404) },
    );
    expect(proposal).toMatchObject({ status: "failed" });
  });

  test("says that nobody could look when the version cannot be reached", async () => {
    const { proposal } = await smoke({ deploy: DEPLOY, probes: [PROBE] }, { [VERSION]: AWAY });
    expect(proposal).toMatchObject({
      status: "unreachable",
      liveSha: null,
      probes: [{ status: "unreachable", found: "unreachable: connect ECONNREFUSED after 60 s" }],
    });
  });

  test.each([
    [
      "a hiccup passes at a later try",
      [answered("", 502), answered('{"ok":true}')],
      "passed",
      2,
      /^HTTP 200/,
    ],
    [
      "a break fails after three tries",
      answered("oops", 500),
      "failed",
      3,
      /expected HTTP 200; the body "oops" does not match/,
    ],
    ["a wrong body fails", answered('{"ok":false}'), "failed", 3, /does not match/],
    ["a slow answer fails", answered('{"ok":true}', 200, 900), "failed", 3, /within 800 ms/],
    ["no answer is neither", AWAY, "unreachable", 3, /ECONNREFUSED/],
    [
      "wrong once and then away is a failure",
      [answered("", 500), AWAY, AWAY],
      "failed",
      3,
      /HTTP 500/,
    ],
  ] as const)("%s", async (_what, answers, status, tries, found) => {
    const { proposal } = await smoke({ probes: [PROBE] }, { [HEALTH]: answers });
    expect(proposal).toMatchObject({
      status,
      liveSha: null,
      probes: [{ status, tries, found: expect.stringMatching(found) }],
    });
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
      refusal: { code: "config-invalid", subject: "smoke.probes[1].expect.bodyMatches" },
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
