import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { PATIENCE_MS, REPOSITORY, ROOT, raise, readText, submit } from "./rig.ts";
import { standing } from "./standing.ts";

type Roles = Readonly<Record<string, readonly unknown[]>>;

async function rolesOf(script: string): Promise<Roles> {
  const text = await readText(join(ROOT, "test/line/scripts", `${script}.yml`));
  return (parse(text) as { readonly roles: Roles }).roles;
}

/** Every attempt is built alike, and the reviewer sends all but the last one back. */
async function sentBack(times: number): Promise<Roles> {
  const { architect, coder } = await rolesOf("two-attempts");
  const { reviewer } = await rolesOf("rework");
  const [again, approval] = reviewer ?? [];
  const repeated = (turns: readonly unknown[] = []) => Array(times + 1).fill(turns[0]);
  return {
    architect: repeated(architect),
    coder: Array(times + 1)
      .fill(coder?.slice(0, (coder?.length ?? 0) / 2))
      .flat(),
    reviewer: [...Array(times).fill(again), approval],
  };
}

// Real runs: what is tested is what the workflow calls, and that each round hands on what is its own.
test(
  "a run has jobs for three rounds, and rings for the fourth",
  async () => {
    await using world = await raise({
      runner: "twin",
      roles: await sentBack(3),
      config: { limits: { attempts: 4 } },
    });
    const issue = await submit(world);
    const { stages, events, pulls } = await standing(world, issue);
    expect(stages).toEqual(["done"]);
    expect(events.filter((kind) => kind === "sent-back")).toHaveLength(3);
    expect(pulls.map(({ head }) => head.ref)).toEqual(["factory/1-4"]);
    const runs = world.twin.runner.runs().filter(({ repository }) => repository === REPOSITORY);
    const claims = runs.map(({ event, jobs }) => [
      event,
      ...jobs
        .filter(({ startedAt, path }) => startedAt !== null && path.endsWith("/claim"))
        .map(({ path }) => path),
    ]);
    expect(claims).toEqual([
      ["issues", "factory/line/claim", "factory/again/claim", "factory/once-more/claim"],
      ["workflow_dispatch", "factory/line/claim"],
    ]);
  },
  PATIENCE_MS * 2,
);
