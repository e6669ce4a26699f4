import { describe, expect, test } from "vitest";
import { CONTRACT_MARKER } from "../../src/wording/issue/contract-comment.ts";
import { ISSUE } from "./repository.ts";
import { label, open, PATIENCE_MS, REPOSITORY, raise, say, submit } from "./rig.ts";
import {
  expectAsks,
  expectNothingPublished,
  expectSealed,
  jobsOf,
  standing,
  summariesOf,
} from "./standing.ts";

describe.concurrent("who may say what", { timeout: PATIENCE_MS }, () => {
  test.each([
    { login: "sorter", role: "triage", found: "User with triage" },
    { login: "tidy[bot]", role: "write", found: "Bot with" },
  ] as const)("a label by $login ($role) starts nothing, and the summary says why", async (by) => {
    await using world = await raise({ collaborators: { [by.login]: by.role } });
    const issue = await open(world);
    // Only who may write makes a label that is not there yet.
    await world.send("POST", "/labels", { name: "factory:queued", color: "ededed" });
    await label(world, issue, by.login);
    const found = await standing(world, issue);
    expect(found.comments).toEqual([]);
    expect(world.model.requests()).toEqual([]);
    expect(summariesOf(world)).toContain("Only people with write access can use /factory commands");
    expect(summariesOf(world)).toContain(by.found);
    await expectNothingPublished(world);
  });

  test("an approval is of one person, one comment, one issue text and one contract", async () => {
    await using world = await raise({
      scripts: ["read-twice"],
      config: { approve: "always" },
      collaborators: { reader: "read" },
    });
    const issue = await submit(world);
    await expectAsks(world, issue, { stage: "proposed", says: ["/factory approve"] });

    const { token } = world.twin.github.createUser("passer-by", "User");
    await fetch(`${world.twin.github.url}/repos/${REPOSITORY}/issues/${issue}/comments`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ body: "/factory approve" }),
    });
    await world.idle();
    // It never stands in the queue of the issue, which a crowd could fill.
    expect(jobsOf(world)).toEqual(["intake-normalize", "propose", "route"]);
    expect(summariesOf(world)).toContain("passer-by (found User with");

    await say(world, issue, "/factory approve", "reader");
    await expectAsks(world, issue, { stage: "proposed", says: ["Read the contract"] });
    expect(summariesOf(world)).toContain("reader (found User with read");

    const comment = (await world.send("POST", `/issues/${issue}/comments`, {
      body: "/factory approve",
    })) as { id: number };
    await world.send("PATCH", `/issues/comments/${comment.id}`, { body: "/factory approve this" });
    await world.idle();
    await expectAsks(world, issue, {
      stage: "proposed",
      says: ["it was edited after it was written", "write the command as a new comment"],
    });

    await world.send("PATCH", `/issues/${issue}`, { body: "Another wish altogether." });
    await say(world, issue, "/factory approve");
    await expectAsks(world, issue, {
      stage: "proposed",
      says: [
        "The issue was edited meanwhile",
        "comment `/factory retry`, and the factory reads the new text",
      ],
    });
    await world.send("PATCH", `/issues/${issue}`, { body: ISSUE.body });

    const { comments } = await standing(world, issue);
    const contract = comments.find(({ body }) => body.startsWith(CONTRACT_MARKER));
    const wider = contract?.body.replace("it answers Hello", "it answers Hello to all");
    await world.send("PATCH", `/issues/comments/${contract?.id}`, { body: wider });
    await say(world, issue, "/factory approve");
    await expectAsks(world, issue, {
      stage: "proposed",
      says: ["The approval is for another version", "comment `/factory retry`"],
    });

    await expectNothingPublished(world);
    expect(jobsOf(world)).not.toContain("implement");

    await say(world, issue, "/factory retry");
    await expectAsks(world, issue, { stage: "proposed", says: ["Read the contract"] });
    // Another version stood here before: only its word tells which one is meant.
    await say(world, issue, "/factory approve");
    const again = await standing(world, issue);
    expect(again.stages).toEqual(["proposed"]);
    const [approval = ""] = /\/factory approve [0-9a-f]{7}/.exec(again.ask) ?? [];
    await world.send("POST", `/issues/${issue}/comments`, { body: approval });
    await say(world, issue, approval);
    const found = await standing(world, issue);
    expect(found.stages).toEqual(["done"]);
    expect(found.events.filter((kind) => kind === "claimed")).toHaveLength(1);
    expect(found.pulls).toHaveLength(1);
    expect(jobsOf(world).filter((name) => name === "implement")).toHaveLength(1);
    await expectSealed(world, issue);
  });

  test("questions wait for an answer, and the answer is read", async () => {
    await using world = await raise({ scripts: ["questions"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-info",
      says: ["Answer the questions below in a comment of your own, then comment `/factory retry`"],
    });
    const asked = await standing(world, issue);
    expect(asked.comments.some(({ body }) => body.includes("1. What is said to nobody?"))).toBe(
      true,
    );
    await say(world, issue, "Just the word Hello.");
    expect((await standing(world, issue)).stages).toEqual(["needs-info"]);
    await say(world, issue, "/factory retry");
    expect((await standing(world, issue)).stages).toEqual(["done"]);
    const second = world.model
      .requests()
      .find(({ place }) => place?.role === "intake" && place.session === 2);
    expect(JSON.stringify(second?.body)).toContain("Just the word Hello.");
    await expectSealed(world, issue);
  });
});
