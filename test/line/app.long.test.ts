import { expect, test } from "vitest";
import { PATIENCE_MS, REPOSITORY, raise, submit } from "./rig.ts";
import { expectSealed, jobsOf, standing, WHOLE_LINE } from "./standing.ts";

const APP = {
  slug: "greeter-factory",
  permissions: {
    actions: "write",
    checks: "write",
    contents: "write",
    deployments: "read",
    issues: "write",
    "pull-requests": "write",
  },
} as const;
const BOT = `${APP.slug}[bot]`;
const CI = `name: ci
on: { pull_request: {}, push: { branches: [main] } }
permissions: { contents: read }
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: echo built
`;

test(
  "with a GitHub App the repository's own CI starts by itself, and all that is written is the App's",
  async () => {
    // A real line: the App goes through inputs, secrets and variables of all workflows.
    await using world = await raise({
      runner: "twin",
      app: APP,
      files: { ".github/workflows/ci.yml": CI },
    });
    const issue = await submit(world);
    const found = await standing(world, issue);
    expect(found.labels).toContain("factory:done");
    await expectSealed(world, issue);
    expect(jobsOf(world)).toEqual(expect.arrayContaining([...WHOLE_LINE]));

    // The first is of the person who pushed the repository.
    const ci = world.twin.runner
      .runs()
      .filter(({ workflow }) => workflow === "ci")
      .slice(1);
    expect(ci.map(({ event, conclusion }) => [event, conclusion])).toEqual([
      ["pull_request", "success"],
      ["push", "success"],
    ]);
    const writes = world.twin.github
      .requests()
      .filter(({ write, path }) => write && !path.includes("git-"))
      .filter(({ path }) => path.includes(REPOSITORY) || path.endsWith("/graphql"));
    expect(new Set(writes.map(({ actor }) => actor))).toEqual(new Set(["OWNER", BOT]));
    expect(writes.filter(({ actor, status }) => actor === BOT && status >= 400)).toEqual([]);
  },
  PATIENCE_MS,
);
