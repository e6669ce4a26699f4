import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NEWER } from "../../../../src/twin/github/graphql/newer.ts";
import {
  cutSchema,
  readPublicSchema,
  withNewer,
} from "../../../../src/twin/github/graphql/schema.ts";
import { createWorld, REPOSITORY, type World } from "../world.ts";

let world: World;
/** Read by every test, and changed by none. */
let issue = 0;

async function openIssue(): Promise<number> {
  const route = "POST /repos/{owner}/{repo}/issues";
  const opened = await world.ask(world.people.writer.token, route, { title: "Greet", body: "Hi" });
  return opened.body.number;
}

beforeAll(async () => {
  world = await createWorld({ repository: { visibility: "private" } });
  issue = await openIssue();
  const comments = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  for (const body of ["one", "two", "three"]) {
    await world.ask(world.app.token, comments, { issue_number: issue, body });
  }
});
afterAll(() => world[Symbol.asyncDispose]());

const READS = { contents: "read", issues: "read", "pull-requests": "read" } as const;

const LABELS = "nodes { labels(first: 100) { nodes { name } } }";

function query(inner: string): string {
  return `{ repository(owner: "OWNER", name: "app") { ${inner} } }`;
}

async function ask(text: string, token = world.job(READS)) {
  const { status, body, headers } = await world.ask(token, "POST /graphql", { query: text });
  return { status, data: body.data, errors: body.errors, headers };
}

describe("a question", () => {
  test("is answered from the same state as the routes", async () => {
    const inner = `nameWithOwner isPrivate defaultBranchRef { name target { oid } }
      issueOrPullRequest(number: ${issue}) { __typename ... on Issue { title state comments(first: 2) { nodes { body author { __typename login } } pageInfo { hasNextPage endCursor } } } }`;
    const { data, errors, status } = await ask(query(inner));
    expect([status, errors]).toEqual([200, undefined]);
    expect(data.repository).toMatchObject({
      nameWithOwner: REPOSITORY,
      isPrivate: true,
      defaultBranchRef: { name: "main", target: { oid: expect.stringMatching(/^[0-9a-f]{40}$/) } },
      issueOrPullRequest: { __typename: "Issue", title: "Greet", state: "OPEN" },
    });
    const { comments } = data.repository.issueOrPullRequest;
    // A bot has no suffix here.
    const author = { __typename: "Bot", login: "app" };
    expect(comments.nodes).toEqual([
      { body: "one", author },
      { body: "two", author },
    ]);
    const after = comments.pageInfo.endCursor;
    const next = `issueOrPullRequest(number: ${issue}) { ... on Issue { comments(first: 2, after: "${after}") { nodes { body } pageInfo { hasNextPage } } } }`;
    expect((await ask(query(next))).data.repository.issueOrPullRequest.comments).toEqual({
      nodes: [{ body: "three" }],
      pageInfo: { hasNextPage: false },
    });
  });

  test.each<readonly [string, string, string | RegExp]>([
    ["a field that GitHub has not", query("naem"), /Cannot query field "naem"/],
    ["a connection without a bound", query("issues { nodes { title } }"), /must provide a `first`/],
    [
      "more than a hundred",
      query("issues(first: 101) { nodes { title } }"),
      /limit of 100 records/,
    ],
    [
      "a cursor of nobody",
      query('issues(first: 1, after: "x") { nodes { title } }'),
      /valid cursor/,
    ],
    ["no question", "{", /Syntax Error/],
    [
      "more nodes than it may ask for",
      query(
        Array.from({ length: 60 }, (_, at) => `a${at}: issues(first: 100) { ${LABELS} }`).join(" "),
      ),
      /exceeds the maximum limit of 500000/,
    ],
  ])("that holds %s is refused", async (_, text, reason) => {
    const { status, errors } = await ask(text);
    expect(status).toBe(200);
    expect(errors[0].message).toMatch(reason);
  });

  test("shows a job what its permissions show, and names the part that they hide", async () => {
    const inner = `nameWithOwner issueOrPullRequest(number: ${issue}) { __typename }`;
    const { data, errors } = await ask(query(inner), world.job({ contents: "read" }));
    expect(data.repository).toEqual({ nameWithOwner: REPOSITORY, issueOrPullRequest: null });
    expect(errors).toMatchObject([
      {
        type: "FORBIDDEN",
        path: ["repository", "issueOrPullRequest"],
        message: "Resource not accessible by integration",
      },
    ]);
  });

  test("writes a comment and edits it as the routes do, for who may", async () => {
    const own = await openIssue();
    const { data } = await ask(query(`issueOrPullRequest(number: ${own}) { ... on Issue { id } }`));
    const subject = data.repository.issueOrPullRequest.id;
    const add = (id: string) =>
      `mutation { addComment(input: {subjectId: "${id}", body: "four"}) { commentEdge { node { id body issue { number } } } } }`;
    const refused = await ask(add(subject));
    expect(refused).toMatchObject({ data: { addComment: null }, errors: [{ type: "FORBIDDEN" }] });
    const writer = world.job({ ...READS, issues: "write" });
    const added = (await ask(add(subject), writer)).data.addComment.commentEdge.node;
    expect(added).toMatchObject({ body: "four", issue: { number: own } });
    expect(world.github.requests().at(-1)).toMatchObject({
      route: "/graphql",
      write: true,
      createsContent: true,
    });
    const edit = `mutation { updateIssueComment(input: {id: "${added.id}", body: "five"}) { issueComment { body } } }`;
    expect((await ask(edit, writer)).data.updateIssueComment.issueComment.body).toBe("five");
    expect(world.github.requests().at(-1)).toMatchObject({ write: true, createsContent: false });
    expect((await ask(add("I_nobody"), writer)).errors).toMatchObject([{ type: "NOT_FOUND" }]);
  });

  test("of several changes does those behind one that it refuses, each with its own error", async () => {
    const own = await openIssue();
    const inner = `id label(name: "changes") { id } issueOrPullRequest(number: ${own}) { ... on Issue { id } }`;
    const made = await ask(
      `mutation { createLabel(input: {repositoryId: "${(await ask(query("id"))).data.repository.id}", name: "Changes", color: "ededed"}) { label { id name } } }`,
      world.job({ ...READS, issues: "write" }),
    );
    expect(made.data.createLabel.label.name).toBe("Changes");
    const { label, issueOrPullRequest } = (await ask(query(inner))).data.repository;
    expect(label.id).toBe(made.data.createLabel.label.id);
    const labels = `{labelableId: "${issueOrPullRequest.id}", labelIds: ["${label.id}"]}`;
    const several = `mutation {
      run: createCheckRun(input: {repositoryId: "${(await ask(query("id"))).data.repository.id}", name: "n", headSha: "${"0".repeat(40)}"}) { checkRun { permalink } }
      gone: addComment(input: {subjectId: "I_nobody", body: "x"}) { commentEdge { node { id } } }
      put: addLabelsToLabelable(input: ${labels}) { clientMutationId }
    }`;
    const { data, errors } = await ask(several, world.job({ ...READS, issues: "write" }));
    expect(data).toEqual({ run: null, gone: null, put: { clientMutationId: null } });
    expect(errors).toMatchObject([
      { type: "FORBIDDEN", path: ["run"], message: "Resource not accessible by integration" },
      { type: "NOT_FOUND", path: ["gone"] },
    ]);
    const shown = `issueOrPullRequest(number: ${own}) { ... on Issue { labels(first: 9) { nodes { name } } } }`;
    expect((await ask(query(shown))).data.repository.issueOrPullRequest.labels.nodes).toEqual([
      { name: "Changes" },
    ]);
    const off = `mutation { removeLabelsFromLabelable(input: ${labels}) { clientMutationId } }`;
    await ask(off, world.job({ ...READS, issues: "write" }));
    expect((await ask(query(shown))).data.repository.issueOrPullRequest.labels.nodes).toEqual([]);
  });

  test("about what is not there, or not for the asker, says so", async () => {
    const missing = await ask(query("issueOrPullRequest(number: 99) { __typename }"));
    expect(missing.errors).toMatchObject([{ type: "NOT_FOUND" }]);
    const other = await ask('{ repository(owner: "OWNER", name: "none") { nameWithOwner } }');
    expect(other).toMatchObject({ data: { repository: null }, errors: [{ type: "NOT_FOUND" }] });
    const hidden = await ask(query("nameWithOwner"), world.github.createUser("nosy").token);
    expect(hidden.data).toEqual({ repository: null });
  });

  test("costs points, and none of the hour's requests; it is no write", async () => {
    await using other = await createWorld({ github: { requestsPerHour: 3 } });
    const token = other.job(READS);
    const once = async () => {
      const text =
        '{ rateLimit { cost limit remaining } repository(owner: "OWNER", name: "app") { issues(first: 100) { nodes { comments(first: 50) { nodes { body } } } } } }';
      return await other.ask(token, "POST /graphql", { query: text });
    };
    const first = await once();
    expect(first.body.data.rateLimit).toEqual({ cost: 1, limit: 3, remaining: 2 });
    expect(first.headers.get("x-ratelimit-resource")).toBe("graphql");
    expect(other.github.requests().at(-1)).toMatchObject({ route: "/graphql", write: false });
    await once();
    await once();
    expect((await once()).body.errors).toMatchObject([{ type: "RATE_LIMITED" }]);
    const { headers } = await other.ask(token, "GET /repos/{owner}/{repo}");
    expect(headers.get("x-ratelimit-used")).toBe("1");
  });
});

test("a field that GitHub's schema does not have cannot be served", () => {
  expect(() => cutSchema("\ntype Query {\n  id: ID!\n}\n")).toThrow(/has no Query\.repository/);
  expect(() => cutSchema("")).toThrow(/has no Query/);
});

test.each(Object.entries(NEWER))(
  "the package's schema does not know yet of %s: %s",
  async (type, field) => {
    const text = await readPublicSchema();
    const [, body = ""] =
      new RegExp(`\\ntype ${type}\\b[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(text) ?? [];
    expect(body).toContain("title: String!");
    expect(body, "take it out of newer.ts").not.toContain(field);
    expect(withNewer(text)).toContain(field);
  },
);

test("no change of GitHub's schema stops the others of its document where it fails: each may be null", async () => {
  const text = (await readPublicSchema()).replaceAll(/"""[\s\S]*?"""/g, "");
  const [, body = ""] = /\ntype Mutation \{(.*?)\n\}/s.exec(text) ?? [];
  const types = [...body.matchAll(/\n {2}(\w+)\([\s\S]*?\): (\S+)/g)].map(([, , type]) => type);
  expect(types.length).toBeGreaterThan(200);
  expect(types.filter((type) => type?.endsWith("!"))).toEqual([]);
});
