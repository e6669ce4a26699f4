import { expect } from "vitest";
import { weigh } from "../../src/control/gate/gate.ts";
import { authorityOver } from "../../src/control/gate/merge-authority.ts";
import { COMMANDS } from "../../src/domain/command.ts";
import { greenGate } from "../control/gate/green-gate.ts";
import { CONFIG, commented, newLine, toProposed } from "../control/line.ts";
import { allWorkflows } from "../repository/workflow-files.ts";
import { PEOPLE } from "./reports/people.ts";
import { room } from "./room.ts";

/** The end of the repository's own CI starts control alone, for a branch of the repository itself: no code runs beside its token. */
function ringsForOwnBranches(ours: ReturnType<typeof allWorkflows>): void {
  const line = ours.find(({ path }) => path === ".github/workflows/factory.yml");
  const started = Object.entries(line?.workflow.jobs ?? {}).filter(([, job]) =>
    JSON.stringify(job.if ?? "").includes("workflow_run"),
  );
  expect(started.map(([name]) => name)).toEqual(["route"]);
  const route = JSON.stringify(started).replace(/\s+/g, " ");
  expect(route).toContain(
    "github.event.workflow_run.head_repository.full_name == github.repository",
  );
  expect(route).not.toMatch(/actions\/checkout|"run":/);
}

room(PEOPLE, {
  "fullsend-ai/fullsend#1686": async () => {
    const names = Object.keys(COMMANDS);
    expect(names.length).toBeGreaterThan(4);
    for (const by of ["rea", "tri", "helper[bot]"]) {
      const line = newLine();
      const issue = await toProposed(line);
      for (const name of names) {
        const body = `/factory ${name}${name === "rework" ? ": more" : ""}`;
        const event = commented(line.github, { issue, by, body });
        const task = name === "approve" ? "claim" : "route";
        const result = await line.run(task, { event, issue });
        expect(result.order, `${name} by ${by}`).toBeUndefined();
        expect(result.next, `${name} by ${by}`).toBe("none");
        expect(result.effects, `${name} by ${by}`).toEqual([]);
      }
    }
  },

  "LunarClient/ServerMappings#5019": () => {
    const ours = allWorkflows();
    expect(ours.length).toBeGreaterThan(10);
    for (const { path, workflow } of ours) {
      const events = Object.keys(workflow.on);
      expect(events, path).not.toContain("pull_request_target");
      if (!events.includes("workflow_run")) continue;
      if (path.endsWith("/factory.yml")) {
        ringsForOwnBranches(ours);
        continue;
      }
      // It shows what a proof found. Nothing is checked out there, and its two actions run no command.
      expect(path).toMatch(/prove-report\.yml$/);
      expect(JSON.stringify(workflow)).not.toMatch(/actions\/checkout|"run":|secrets: *inherit/);
    }
  },

  "silvertakana/worldwideview#13": async () => {
    const line = newLine();
    line.github.addBranch("greet");
    const number = line.github.addPullRequest("greet");
    const { id, login, type } = line.github.actor("ada");
    const offered = (repository: number) => ({
      name: "pull_request",
      payload: {
        action: "opened",
        pull_request: {
          number,
          title: "Greet everybody",
          head: {
            ref: "greet",
            sha: line.github.pullRequest(number).head.sha,
            repo: { id: repository },
          },
          base: { repo: { id: 77 } },
        },
        sender: { id, login, type },
      },
    });
    const fork = await line.run("review-open", { event: offered(5) });
    expect(fork).toMatchObject({ next: "none", effects: [] });
    expect(fork.summary).toContain("no secret and no right to write");
    expect((await line.run("review-open", { event: offered(77) })).next).toBe("review");
  },

  "github/gh-aw#20514": async () => {
    const config = CONFIG.replace("scoped-autonomy", "full-factory");
    expect(authorityOver(await greenGate(config)).by).toBe("factory");
    const gate = await greenGate(config);
    gate.order.contract.boundaries.paths = [];
    const file = { path: "docs/AGENTS.md", mode: "100644", encoding: "utf-8", content: "x\n" };
    gate.implement.changeSet.files.push(file as (typeof gate.implement.changeSet.files)[number]);
    expect(weigh(gate).refusals).toEqual([]);
    expect(authorityOver(gate).by).toBe("person");
  },
});
