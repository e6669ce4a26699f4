import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { headOf, PATIENCE_MS, raise, type World } from "../rig.ts";
import { entryAt, land } from "./landed.ts";
import { LANGUAGES, READS_TESTS, RETOLD } from "./languages.ts";
import { filesAfter, rolesFor } from "./script.ts";

const SUBMODULE = "5".repeat(40);
let world: World;

/** A link and a submodule, as a person put them there: no file of a change can be either. */
async function putLinks(): Promise<void> {
  const parent = await headOf(world);
  const { tree } = await world.get<{ tree: { sha: string } }>(`/git/commits/${parent}`);
  const made = (await world.send("POST", "/git/trees", {
    base_tree: tree.sha,
    tree: [
      { path: "CLAUDE.md", mode: "120000", type: "blob", content: "AGENTS.md" },
      { path: "vendor/lib", mode: "160000", type: "commit", sha: SUBMODULE },
    ],
  })) as { sha: string };
  const message = "Link the instructions and a library";
  const commit = { message, tree: made.sha, parents: [parent] };
  const { sha } = (await world.send("POST", "/git/commits", commit)) as { sha: string };
  await world.send("PATCH", "/git/refs/heads/main", { sha });
}

beforeAll(async () => {
  const before = [...LANGUAGES, ...RETOLD].map((change) => change.before);
  world = await raise({
    roles: rolesFor([LANGUAGES, RETOLD].map(filesAfter)),
    files: Object.assign({}, ...before) as Record<string, string>,
    config: {
      checks: { test: { run: READS_TESTS, report: "reports/junit.xml" } },
      trust: { default: "scoped-autonomy" },
    },
  });
  await putLinks();
}, PATIENCE_MS);

afterAll(() => world?.[Symbol.asyncDispose]());

// One story: the model answers issue after issue.
const STORY = { timeout: PATIENCE_MS, shuffle: false };
describe("changes of every day in repositories of many languages", STORY, () => {
  test.each([
    ["tests that are added where each language has them", LANGUAGES, false],
    ["what a person looks at before it is merged", RETOLD, true],
  ] as const)("%s, beside a link and a submodule", async (title, changes, byPerson) => {
    await land(world, { title, files: filesAfter(changes), byPerson });
    expect(entryAt(world, "CLAUDE.md")).toMatch(/^120000 blob /);
    expect(entryAt(world, "vendor/lib")).toContain(`160000 commit ${SUBMODULE}`);
  });
});
