import { expect, test } from "vitest";
import { headOf, PATIENCE_MS, raise, submit, type World } from "../rig.ts";
import { entriesOf, standing } from "../standing.ts";

const CI = "ci[bot]";

/** What an App of the repository's own says of a commit, by itself. */
async function check(world: World, sha: string, conclusion: "success" | "failure"): Promise<void> {
  const mark = {
    path: "src/greet.js",
    start_line: 2,
    end_line: 2,
    annotation_level: "failure",
    message: "an empty name is a name, too",
  };
  const annotations = conclusion === "failure" ? [mark] : [];
  const output = { title: conclusion, summary: "", annotations };
  await world.send("POST", "/check-runs", { name: "rules", head_sha: sha, conclusion, output }, CI);
}

/** As the heartbeat rings. */
async function ring(world: World, issue: number): Promise<void> {
  const path = "/actions/workflows/factory.yml/dispatches";
  await world.send("POST", path, { ref: "main", inputs: { issue: `${issue}` } });
  await world.idle();
}

test(
  "a pull request is owned through red checks of the repository: the next attempt is a commit on it",
  async () => {
    await using world = await raise({
      scripts: ["two-attempts"],
      config: { trust: { default: "open-pr" }, limits: { attempts: 2 } },
      collaborators: { [CI]: "write" },
    });
    const issue = await submit(world);
    const branch = `factory/${issue}-1`;
    const first = await headOf(world, branch);
    await check(world, world.base, "success");
    await check(world, first, "failure");
    await ring(world, issue);
    const second = await headOf(world, branch);
    expect(second).not.toBe(first);
    const commit = await world.get<Commit>(`/git/commits/${second}`);
    expect(commit.parents.map(({ sha }) => sha)).toEqual([first]);
    const { events, stages, ledger } = await standing(world, issue);
    expect(stages).toEqual(["gating"]);
    const told =
      "submitted proposed approved claimed published checked sent-back claimed published";
    expect(events).toEqual(told.split(" "));
    const sent = entriesOf(ledger).find(({ event }) => event.kind === "sent-back");
    expect(sent?.event).toMatchObject({
      findings: ["check rules is red", "src/greet.js:2 an empty name is a name, too"],
    });
    expect(JSON.stringify(world.model.requests())).toContain("an empty name is a name, too");

    // Green now: a person merges, and nothing is built.
    await check(world, second, "success");
    await ring(world, issue);
    expect(await headOf(world, branch)).toBe(second);
    // Red again, and all attempts are used up: a person is asked, once.
    await check(world, second, "failure");
    await ring(world, issue);
    await ring(world, issue);
    const end = await standing(world, issue);
    expect(end.stages).toEqual(["needs-human"]);
    expect(end.events.filter((kind) => kind === "checked")).toHaveLength(2);
    expect(await headOf(world, branch)).toBe(second);
  },
  PATIENCE_MS,
);

interface Commit {
  readonly parents: readonly { readonly sha: string }[];
}
