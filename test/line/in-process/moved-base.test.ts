import { expect, test } from "vitest";
import { FILES } from "../repository.ts";
import { headOf, PATIENCE_MS, pushToMain, raise, submit, type World } from "../rig.ts";
import { entriesOf, standing } from "../standing.ts";

interface Commit {
  readonly parents: readonly { readonly sha: string }[];
  readonly tree: { readonly sha: string };
}
interface Content {
  readonly content: string;
}

/** As the heartbeat rings. */
async function ring(world: World, issue: number): Promise<void> {
  const path = "/actions/workflows/factory.yml/dispatches";
  await world.send("POST", path, { ref: "main", inputs: { issue: `${issue}` } });
  await world.idle();
}

async function textAt(world: World, path: string, ref: string): Promise<string> {
  const { content } = await world.get<Content>(`/contents/${path}?ref=${ref}`);
  return Buffer.from(content, "base64").toString("utf8");
}

test(
  "a change that still applies on a base that moved is made anew there, verified and reviewed, and nobody writes it again",
  async () => {
    await using world = await raise({
      // Everybody but the reviewer is asked once, and has nothing more to say.
      scripts: ["reviewed-twice"],
      config: { trust: { default: "open-pr" }, limits: { attempts: 1 } },
    });
    const issue = await submit(world);
    const branch = `factory/${issue}-1`;
    const first = await headOf(world, branch);
    const theirs = `${FILES["src/greet.js"]}\n// Names are shown as they are.\n`;
    const base = await pushToMain(world, "src/greet.js", theirs);
    await ring(world, issue);

    const { events, stages, ledger, pulls } = await standing(world, issue);
    const told = "submitted proposed approved claimed published base-moved claimed published";
    expect(events).toEqual(told.split(" "));
    expect(stages).toEqual(["gating"]);
    expect(pulls).toMatchObject([{ state: "open" }]);
    const second = await headOf(world, branch);
    const { parents, tree } = await world.get<Commit>(`/git/commits/${second}`);
    expect(parents.map(({ sha }) => sha)).toEqual([first, base]);
    const text = await textAt(world, "src/greet.js", second);
    expect(text).toContain("name === undefined");
    expect(text).toContain("// Names are shown as they are.");
    const last = entriesOf(ledger).at(-1)?.event;
    expect(last).toMatchObject({
      kind: "published",
      tree: tree.sha,
      criteria: { all: 1, open: [] },
    });

    // It is what was verified: whoever looks again leaves it alone, and a merge makes exactly that tree.
    await ring(world, issue);
    expect(await headOf(world, branch)).toBe(second);
    await world.send("PUT", `/pulls/${pulls[0]?.number}/merge`, { merge_method: "squash" });
    await world.idle();
    const merged = await world.get<Commit>(`/git/commits/${await headOf(world)}`);
    expect(merged.tree.sha).toBe(tree.sha);
  },
  PATIENCE_MS,
);

test(
  "a base that moved elsewhere leaves the pull request alone",
  async () => {
    await using world = await raise({ config: { trust: { default: "open-pr" } } });
    const issue = await submit(world);
    const branch = `factory/${issue}-1`;
    const first = await headOf(world, branch);
    await pushToMain(world, "docs/notes.md", "# Notes\n");
    await ring(world, issue);
    expect(await headOf(world, branch)).toBe(first);
    const { events } = await standing(world, issue);
    expect(events).toEqual("submitted proposed approved claimed published".split(" "));
  },
  PATIENCE_MS,
);
