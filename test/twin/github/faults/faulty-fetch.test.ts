import { describe, expect, test } from "vitest";
import {
  FAULT_KINDS,
  FAULT_NAMES,
  type FaultName,
} from "../../../../src/twin/github/faults/faults.ts";
import { createFaultyGitHub, Killed } from "../../../../src/twin/github/faults/faulty-fetch.ts";

const ASKED = "http://127.0.0.1/";

/** A GitHub that does what it is asked, and writes it down. */
function newGitHub() {
  const done: string[] = [];
  const send = async (request: Request) => {
    done.push(request.headers.get("x-name") ?? "");
    return new Response("{}", { status: 200 });
  };
  return { done, send };
}

function ask(name: string): Request {
  return new Request(ASKED, { headers: { "x-name": name } });
}

/** What a job hears of a request: a status, a broken connection, or its own end. */
async function heard(kind: FaultName) {
  const { done, send } = newGitHub();
  const faulty = createFaultyGitHub(send, { request: 2, kind });
  const job = faulty.job();
  await job.fetch(ask("first"));
  const second = await Promise.race([job.fetch(ask("second")), job.killed]).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof Killed ? error.reach : "reset"),
  );
  return { done, second, job, faulty };
}

describe("a fault meets the request that it names", () => {
  test.each([
    ["run-killed-before", "run", false],
    ["run-killed-after", "run", true],
    ["job-killed-before", "job", false],
    ["job-killed-after", "job", true],
    ["answer-lost", 502, true],
    ["server-error", 502, false],
    ["rate-limit", 429, false],
    ["secondary-limit", 403, false],
    ["reset", "reset", false],
    ["reset-after", "reset", true],
    ["done-in-part", 502, true],
    ["outage", 503, false],
  ] as const)("%s: the job hears %s, done: %s", async (kind, hears, isDone) => {
    const { done, second } = await heard(kind);
    expect(second).toBe(hears);
    expect(done).toEqual(isDone ? ["first", "second"] : ["first"]);
  });

  test("and each of them is tried here, with where it is written", () => {
    expect(FAULT_NAMES).toHaveLength(12);
    for (const { about, source } of Object.values(FAULT_KINDS)) {
      expect(about.length).toBeGreaterThan(10);
      expect(source).toMatch(/^(https:\/\/|reported)/);
    }
  });

  test("the next request of the same job is well again, but for an outage", async () => {
    const lost = await heard("answer-lost");
    expect((await lost.job.fetch(ask("third"))).status).toBe(200);
    const out = await heard("outage");
    expect((await out.job.fetch(ask("third"))).status).toBe(503);
    expect((await out.faulty.job().fetch(ask("fourth"))).status).toBe(200);
    expect(out.done).toEqual(["first", "fourth"]);
  });

  test("nothing of a dead job reaches GitHub any more, and the next job is well", async () => {
    const { done, job, faulty } = await heard("job-killed-before");
    let isAnswered = false;
    void job.fetch(ask("third")).then(() => {
      isAnswered = true;
    });
    expect((await faulty.job().fetch(ask("fourth"))).status).toBe(200);
    expect(isAnswered).toBe(false);
    expect(done).toEqual(["first", "fourth"]);
    expect(faulty.count()).toBe(3);
  });
});
