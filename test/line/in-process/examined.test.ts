import { expect, test } from "vitest";
import { headOf, PATIENCE_MS, raise, say, submit, type World } from "../rig.ts";
import { entriesOf, standing } from "../standing.ts";

const OTHER = "wil";

interface Commit {
  readonly tree: { readonly sha: string };
}
interface Comment {
  readonly body: string;
}
interface Runs {
  readonly check_runs: readonly { readonly name: string; readonly conclusion: string }[];
}

/** A person's commit on a branch. */
async function push(
  world: World,
  branch: string,
  file: { readonly path: string; readonly content: string },
): Promise<string> {
  const parent = await headOf(world, branch);
  const { tree } = await world.get<Commit>(`/git/commits/${parent}`);
  const entry = { ...file, mode: "100644", type: "blob" };
  const made = (await world.send("POST", "/git/trees", {
    base_tree: tree.sha,
    tree: [entry],
  })) as { sha: string };
  const commit = { message: "Say it otherwise", tree: made.sha, parents: [parent] };
  const { sha } = (await world.send("POST", "/git/commits", commit)) as { sha: string };
  await world.send("PATCH", `/git/refs/heads/${branch}`, { sha });
  return sha;
}

async function looksAt(world: World, pull: number): Promise<readonly string[]> {
  const comments = await world.get<readonly Comment[]>(`/issues/${pull}/comments`);
  return comments.map(({ body }) => body).filter((body) => body.includes("looked at"));
}

test(
  "what a person pushed to the pull request is verified and reviewed on their word, and left as it is",
  async () => {
    await using world = await raise({
      scripts: ["reviewed-twice"],
      config: { trust: { default: "open-pr" } },
      collaborators: { [OTHER]: "write" },
    });
    const issue = await submit(world);
    const [pull] = (await standing(world, issue)).pulls;
    const number = pull?.number ?? 0;
    const branch = `factory/${issue}-1`;
    const file = { path: "docs/greeting.md", content: "# Greeting\n" };
    const theirs = await push(world, branch, file);

    await say(world, number, "/factory verify", OTHER);
    const [verified] = await looksAt(world, number);
    expect(verified).toContain(`### Millwright · looked at ${theirs.slice(0, 12)}`);
    expect(verified).toContain("**Every check holds.**");
    expect(verified).toContain("greets nobody by no name");
    expect(await headOf(world, branch)).toBe(theirs);
    const { check_runs: runs } = await world.get<Runs>(`/commits/${theirs}/check-runs`);
    expect(runs).toMatchObject([{ name: "factory/verify", conclusion: "neutral" }]);

    await say(world, number, "/factory review", OTHER);
    const reviewed = await looksAt(world, number);
    expect(reviewed).toHaveLength(1);
    expect(reviewed[0]).toContain("The reviewer found nothing that has to change.");
    expect(await headOf(world, branch)).toBe(theirs);
    const { stages, ledger } = await standing(world, issue);
    const asked = entriesOf(ledger).filter(({ event }) => event.kind === "commanded");
    expect(asked.map(({ event }) => event)).toMatchObject([
      { command: "verify" },
      { command: "review" },
    ]);
    expect(asked[1]?.usage?.requests).toBeGreaterThan(0);
    expect(stages).toEqual(["gating"]);
  },
  PATIENCE_MS,
);
