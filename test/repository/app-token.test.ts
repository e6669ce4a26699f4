import { describe, expect, test } from "vitest";
import { reusableWorkflows } from "./workflow-files.ts";

const jobs = reusableWorkflows().flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, { permissions = {}, steps = [] }]) => ({
    place: `${name} ${job}`,
    permissions,
    control: steps.find(({ uses }) => uses === "$/actions/control"),
    token: steps.find(({ uses }) => uses?.startsWith("actions/create-github-app-token@")),
    workers: steps.filter(({ uses }) => /^\$\/actions\/(?!control$)/.test(uses ?? "")),
    text: JSON.stringify(steps),
  })),
);

/**
 * What few need is asked of the App where its caller says so: GitHub makes no token with a permission that an App was not granted,
 * and the action leaves out what is empty (`lib/get-permissions-from-inputs.js` of create-github-app-token).
 */
const WHERE_TOLD: Readonly<Record<string, string>> = {
  "${{ inputs.app-discussions && 'read' || '' }}": "read",
};

describe("a GitHub App in place of the job's own token", () => {
  const controls = jobs.filter(({ control }) => control !== undefined);
  const alone = controls.filter(({ workers }) => workers.length === 0);

  test("there are jobs to look at", () => {
    expect(alone.length).toBeGreaterThan(10);
    expect(controls.length - alone.length).toBe(1);
  });

  test.each(alone)("$place makes a token with the job's permissions and no others", (job) => {
    const { token, permissions, control } = job;
    const asked = Object.entries(token?.with ?? {}).filter(([key]) =>
      key.startsWith("permission-"),
    );
    const levels = asked.map(([key, level]) => [key.slice(11), WHERE_TOLD[`${level}`] ?? level]);
    expect(Object.fromEntries(levels)).toEqual(permissions);
    expect(control?.with).toMatchObject({
      token: "${{ steps.app.outputs.token || github.token }}",
      app: "${{ inputs.app-slug }}",
      "token-app": "${{ steps.app.outputs.app-slug }}",
    });
  });

  test("the App's key is in no job that has a worker", () => {
    const beside = jobs.filter(({ workers }) => workers.length > 0);
    expect(beside.length).toBeGreaterThan(3);
    for (const { text } of beside) expect(text).not.toContain("FACTORY_APP_KEY");
    for (const { control } of beside.filter((job) => job.control !== undefined)) {
      expect(control?.with).toMatchObject({
        token: "${{ github.token }}",
        app: "${{ inputs.app-slug }}",
      });
    }
  });
});
