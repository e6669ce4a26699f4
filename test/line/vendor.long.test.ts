import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callCopy, copiesOf } from "../../src/cli/init/vendor/vendor.ts";
import { MILLWRIGHT } from "../../src/twin/shape.ts";
import { FILES } from "./repository.ts";
import { label, open, PATIENCE_MS, ROOT, raise, say } from "./rig.ts";
import { jobsOf, standing } from "./standing.ts";

const REPORTED =
  "mkdir -p reports && node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=reports/junit.xml";

const WORKFLOWS = join(ROOT, ".github/workflows");

/** What `init --vendor` writes: copies that call each other, with the actions at a commit. */
function copied(ref: string): Readonly<Record<string, string>> {
  const workflows = Object.fromEntries(
    readdirSync(WORKFLOWS).map((name) => [name, readFileSync(join(WORKFLOWS, name), "utf8")]),
  );
  const copies = copiesOf(workflows, { repository: MILLWRIGHT.repository, ref });
  const template = readFileSync(join(ROOT, "workflow-templates/factory.yml"), "utf8");
  return {
    ...Object.fromEntries(copies.map(({ path, text }) => [path, text])),
    ".github/workflows/factory.yml": callCopy(template),
  };
}

test(
  "an issue is merged by copies of the workflows that lie in the repository itself",
  async () => {
    await using world = await raise({
      runner: "twin",
      adopt: (commit) => ({
        ...FILES,
        ...copied(commit),
        ".github/factory.yml": `version: 1\napprove: always\nchecks: { test: { run: "${REPORTED}", report: reports/junit.xml } }\n`,
      }),
    });
    const issue = await open(world);
    await label(world, issue);
    await say(world, issue, "/factory approve");
    const [pull] = (await standing(world, issue)).pulls;
    await world.send("PUT", `/pulls/${pull?.number}/merge`, { sha: pull?.head.sha });
    await world.idle();
    const { stages, events } = await standing(world, issue);
    expect(stages).toEqual(["done"]);
    expect(events).toEqual(
      "submitted proposed approved claimed published merged smoked".split(" "),
    );
    expect(jobsOf(world)).toContain("settle");
  },
  PATIENCE_MS,
);
