import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { headOf, PATIENCE_MS, raise, say, submit } from "./rig.ts";
import {
  entriesOf,
  expectAsks,
  expectNothingPublished,
  expectSealed,
  jobsOf,
  standing,
} from "./standing.ts";

/** An application whose health a test decides. */
async function startApplication() {
  let healthy = false;
  const server = createServer((_request, answer) => {
    answer.writeHead(healthy ? 200 : 500).end(healthy ? "fine" : "broken");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/health`,
    heal: () => {
      healthy = true;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

describe.concurrent("after the gate", { timeout: PATIENCE_MS }, () => {
  test("without a seal key a person merges, and the factory goes on from there", async () => {
    await using world = await raise({ without: ["FACTORY_SEAL_KEY"] });
    const issue = await submit(world);
    const waiting = await standing(world, issue);
    expect(waiting.stages).toEqual(["gating"]);
    expect(waiting.ask).toContain("A person merges this.");
    expect(waiting.ask).toContain("without `FACTORY_SEAL_KEY`");
    expect(await headOf(world)).toBe(world.base);
    const [pull] = waiting.pulls;
    await world.send("PUT", `/pulls/${pull?.number}/merge`, {});
    await world.idle();
    const found = await standing(world, issue);
    expect(found).toMatchObject({ stages: ["done"], state: "closed", ask: "" });
    const merged = entriesOf(found.ledger).find(({ event }) => event.kind === "merged");
    expect(merged?.event).toMatchObject({ by: "person", commit: await headOf(world) });
    expect(jobsOf(world).slice(-3)).toEqual(["route", "post-merge-smoke", "record"]);
  });

  test("a raised andon refuses work until it is taken down", async () => {
    await using world = await raise();
    const incident = (await world.send("POST", "/issues", {
      title: "The shop is down",
      labels: ["factory:andon"],
    })) as { number: number };
    await world.idle();
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "blocked",
      says: [
        "The line is stopped: issue 1",
        "remove the andon label, then comment `/factory resume`",
      ],
    });
    expect(world.model.requests()).toEqual([]);
    await expectNothingPublished(world);
    await world.send("PATCH", `/issues/${incident.number}`, { state: "closed" });
    await say(world, issue, "/factory resume");
    expect((await standing(world, issue)).stages).toEqual(["done"]);
    await expectSealed(world, issue);
  });

  test("a failed smoke test stops the line with an incident; a person heals and resumes", async () => {
    await using application = await startApplication();
    await using world = await raise({
      config: {
        smoke: { spreadSeconds: 0, probes: [{ get: application.url, expect: { status: 200 } }] },
      },
    });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: [
        "The smoke test failed",
        "revert the merge (the pull request has a button)",
        "comment `/factory resume`",
      ],
    });
    const incidents = await world.get<readonly { number: number; title: string }[]>(
      "/issues?labels=factory:andon&state=open",
    );
    expect(incidents.map(({ title }) => title)).toEqual([
      `Incident: the smoke test failed after issue ${issue} was merged`,
    ]);
    const merged = await headOf(world);
    expect(merged).not.toBe(world.base);

    const next = await submit(world);
    await expectAsks(world, next, { stage: "blocked", says: ["The line is stopped"] });

    application.heal();
    await say(world, issue, "/factory resume");
    const found = await standing(world, issue);
    expect(found).toMatchObject({ stages: ["done"], state: "closed" });
    expect(await headOf(world)).toBe(merged);
    await expectSealed(world, issue);
  });
});
