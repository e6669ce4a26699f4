import { expect } from "vitest";
import {
  commented,
  deliveries,
  doorbell,
  green,
  newLine,
  schedule,
  submit,
  toBuilding,
  toProposed,
} from "../control/line.ts";
import { open, raise } from "../line/rig.ts";
import { standing } from "../line/standing.ts";
import { TRIGGERS } from "./reports/triggers.ts";
import { room } from "./room.ts";

room(TRIGGERS, {
  "fullsend-ai/fullsend#1611": async () => {
    await using world = await raise();
    const issue = await open(world);
    const burst = ["bug", "factory:queued", "component", "priority", "good first issue"];
    await Promise.all(
      burst.map((name) => world.send("POST", `/issues/${issue}/labels`, { labels: [name] })),
    );
    await world.idle();
    const { stages, events, pulls } = await standing(world, issue);
    expect(stages).toEqual(["done"]);
    expect(events.filter((kind) => kind === "submitted")).toHaveLength(1);
    expect(pulls).toHaveLength(1);
  },

  "fullsend-ai/fullsend#1752": async () => {
    const line = newLine();
    const issue = submit(line);
    line.pass(3 * 3_600);
    line.nextRun();
    await line.run("heartbeat", { event: schedule });
    expect(line.github.dispatches.map(({ inputs }) => inputs.issue)).toEqual([`${issue}`]);
    line.nextRun();
    const route = await line.run("route", { event: doorbell(line.github, issue) });
    expect(route).toMatchObject({ next: "intake", issue });
  },

  "gyrinx-app/gyrinx#1689": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    const kinds = line.github.applied.map(({ effect }) => effect.kind);
    expect(kinds.indexOf("publish-commit")).toBeLessThan(kinds.indexOf("merge-pull-request"));
    expect(line.github.dispatches.map(({ workflow }) => workflow)).toContain("deploy.yml");
    // Without its evidence the same change is not published, so nothing depends on checks of others.
    const other = newLine();
    const again = await toBuilding(other);
    const { implement, review } = green(other.github, again.order);
    await other.run("settle", { ...again, proposals: deliveries({ implement, review }) });
    expect(other.github.applied.map(({ effect }) => effect.kind)).not.toContain("publish-commit");
  },

  "The-PR-Agent/pr-agent#2398": async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const own = line.github.comments(issue).map(({ body }) => body);
    expect(own.length).toBeGreaterThan(1);
    for (const body of [...own, "/factory approve", "/factory retry"]) {
      const by = line.github.identity.login;
      const event = commented(line.github, { issue, by, body });
      expect(await line.run("route", { event })).toMatchObject({ next: "none", effects: [] });
    }
    for (const body of own) expect(body).not.toMatch(/^\/factory/);
  },

  "anthropics/claude-code-action#1445": async () => {
    const line = newLine();
    const issue = await toProposed(line);
    for (const body of ["/factory approve", "/factory retry", "/factory rework again"]) {
      const event = commented(line.github, { issue, by: "helper[bot]", body });
      const route = await line.run("route", { event });
      expect(route).toMatchObject({ next: "none", effects: [] });
      expect(route.order).toBeUndefined();
    }
    const event = commented(line.github, { issue, by: "helper[bot]", body: "/factory approve" });
    expect((await line.run("claim", { event, issue })).order).toBeUndefined();
  },
});
