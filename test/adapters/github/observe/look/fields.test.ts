import { beforeAll, describe, expect, test } from "vitest";
import type { Client } from "../../../../../src/adapters/github/client/client.ts";
import { readLook } from "../../../../../src/adapters/github/observe/look/look.ts";
import { lookQuery } from "../../../../../src/adapters/github/observe/look/query.ts";
import type { Scope } from "../../../../../src/domain/github/snapshot.ts";
import { createWorld, REPOSITORY } from "../../../../twin/github/world.ts";
import { placesIn, withMore, without } from "../../example-answers.ts";

const SCOPE: Scope = {
  issues: [1],
  prefix: "factory:",
  openIssues: true,
  waiting: true,
  openPullRequests: true,
  pullRequest: 2,
  takenBack: { until: "2026-11-29T00:00:00Z", days: 14 },
};
/** With all open issues asked for, their first page tells who is next: `asked` is left out of the question. */
const ANOTHER: Scope = { issues: [], prefix: "factory:", waiting: true };

/** What a look reads, each part with something in it, of a repository of the twin. */
async function lookedAt(): Promise<readonly (readonly [Scope, unknown])[]> {
  await using world = await createWorld();
  const { token } = world.owner;
  const labels = ["factory:andon", "factory:waiting", "factory:queued", "factory:ready"];
  const repo = "/repos/{owner}/{repo}";
  await world.ask(token, `POST ${repo}/issues`, { title: "One", body: "Do it", labels });
  await world.ask(token, `POST ${repo}/issues/{issue_number}/comments`, {
    issue_number: 1,
    body: "Yes",
  });
  await world.commit({ ".github/factory.yml": "version: 1\n" });
  await world.commit({ "a.txt": "a" }, "factory/1-1", "main");
  const pull = { title: "A pull request", head: "factory/1-1", base: "main" };
  await world.ask(token, `POST ${repo}/pulls`, pull);
  await world.commit({ "b.txt": "b" }, "factory/9-1", "main");
  await world.ask(token, `POST ${repo}/pulls`, { ...pull, head: "factory/9-1" });
  await world.ask(token, `PUT ${repo}/pulls/{pull_number}/merge`, { pull_number: 3 });
  const [owner = "", name = ""] = REPOSITORY.split("/");
  const variables = { owner, name, andon: "factory:andon", waiting: "factory:ready" };
  const ask = async (scope: Scope) => {
    const query = lookQuery(scope);
    const reply = await world.ask(token, "POST /graphql", { query, variables });
    return [scope, reply.body.data] as const;
  };
  return [await ask(SCOPE), await ask(ANOTHER)];
}

/** A client to whom GitHub says this, whatever is asked. */
function saying(data: unknown): Client {
  const query: Client["query"] = async () => ({ data, errors: [] });
  return { query } as Client;
}

/** Fields that a look may lack, each with the reason why nothing is decided in its absence. */
const OPTIONAL: Readonly<Record<string, string>> = {
  databaseId: "an account without a number is read as one that is gone, which may nothing",
  subIssuesSummary: "issues without others below them may have none",
  issueDependenciesSummary: "where GitHub does not show them, nobody knows of one",
  collaborators: "then each person is asked about by themselves",
  text: "then the file is read by itself",
  isTruncated: "only files that are cut say so",
};

let looks: readonly (readonly [Scope, unknown])[];
beforeAll(async () => {
  looks = await lookedAt();
});

describe("a look", () => {
  test("is read alike with fields that nobody here knows", async () => {
    for (const [scope, data] of looks) {
      const more = withMore(data, { new_field: { of: ["GitHub"] } });
      expect(await readLook(saying(more), scope)).toEqual(await readLook(saying(data), scope));
    }
  });

  test("is refused by the name of a field that it lacks, unless nothing is decided by that", async () => {
    const lacked: string[] = [];
    for (const [scope, data] of looks) {
      const whole = await readLook(saying(data), scope);
      for (const place of placesIn(data)) {
        const name = String(place.at(-1));
        const less = await readLook(saying(without(data, place)), scope).catch(String);
        const isNamed = typeof less === "string" && less.includes(name);
        const isSame = JSON.stringify(less) === JSON.stringify(whole);
        if (!isNamed && !isSame && OPTIONAL[name] === undefined) lacked.push(place.join("."));
      }
    }
    expect(lacked).toEqual([]);
  });
});
