import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { digestOfOrder, type ReleaseOrder } from "../../../src/domain/order.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
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
  // A worker begins when others have worked already.
  clock.advance(5_000);
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

  const LONG = "a".repeat(64);
  test.each([
    ["a page without a commit", answered("hello"), null, "HTTP 200 names no commit"],
    ["a commit of SHA-256", answered(`v ${LONG}`), LONG, `HTTP 200 names ${LONG}`],
    ["a longer number", answered(`${OLD}0 0${OLD}`), null, "HTTP 200 names no commit"],
    ["a commit beside a shorter number", answered(`abc ${OLD}.`), OLD, `HTTP 200 names ${OLD}`],
    ["an answer elsewhere", answered(MERGE, 300), MERGE, `HTTP 300 names ${MERGE}`],
    ["no answer yet", answered(MERGE, 199), MERGE, `HTTP 199 names ${MERGE}`],
  ])("does not take %s for the merged commit", async (_what, answer, liveSha, found) => {
    const { proposal } = await smoke({ deploy: DEPLOY }, { [VERSION]: answer });
    expect(proposal).toMatchObject({
      status: "failed",
      liveSha,
      probes: [{ found: `${found}, expected ${MERGE}, after 60 s` }],
    });
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
    [
      "an answer at the last moment passes",
      answered('{"ok":true}', 200, 800),
      "passed",
      1,
      /^HTTP 200 in 800 ms$/,
    ],
    [
      "the last of several failures is told",
      [answered("", 500), answered("", 404), answered("", 403)],
      "failed",
      3,
      /^HTTP 403/,
    ],
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

  test("waits longer before each further try, and not before the first", async () => {
    const { clock } = await smoke({ probes: [PROBE] }, { [HEALTH]: AWAY });
    expect(clock.waits).toEqual([1_000, 2_000]);
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
    expect(asked).toEqual([{ timeoutMs, maximumBytes: 65_536 }]);
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
