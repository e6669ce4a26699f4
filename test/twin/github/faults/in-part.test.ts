import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { firstHalf, inPart } from "../../../../src/twin/github/faults/in-part.ts";
import { servedSchema } from "../../../../src/twin/github/graphql/schema.ts";

const CLOSE = "closeIssue(input: $second) { clientMutationId }";
const ADD = "addComment(input: $first) { commentEdge { node { ...Shown } } }";
const SHOWN = "fragment Shown on IssueComment { id }";
const BOTH = `mutation Both($first: AddCommentInput!, $second: CloseIssueInput!) { ${ADD} ${CLOSE} ${"again: "}${CLOSE} }\n${SHOWN}`;

describe("a document that is done in part", () => {
  test("holds the first half of its changes, rounded up, and declares nothing else", async () => {
    const half = firstHalf(BOTH) ?? "";
    expect(half).toContain("addComment");
    expect(half).toContain("closeIssue");
    expect(half).not.toContain("again");
    const one = firstHalf(BOTH.replace(`again: ${CLOSE}`, "")) ?? "";
    expect(one).toContain("addComment");
    expect(one).not.toMatch(/closeIssue|second/);
    const schema = await servedSchema();
    for (const text of [half, one]) expect(validate(schema, parse(text))).toEqual([]);
  });

  test.each([
    ["one change", `mutation One($second: CloseIssueInput!) { ${CLOSE} }`],
    ["a question", 'query { rateLimit { cost } repository(owner: "a", name: "b") { id } }'],
  ])("is all of it where it is %s", (_, text) => {
    expect(firstHalf(text)).toBeUndefined();
  });

  test("keeps who asks and with what", async () => {
    const headers = { authorization: "Bearer t" };
    const variables = { first: { subjectId: "I_1", body: "b" } };
    const body = JSON.stringify({ query: BOTH, variables });
    const whole = new Request("http://127.0.0.1/graphql", { method: "POST", headers, body });
    const cut = await inPart(whole);
    expect(cut.headers.get("authorization")).toBe("Bearer t");
    expect(await cut.json()).toMatchObject({
      variables,
      query: expect.not.stringContaining("again"),
    });
    const rest = new Request("http://127.0.0.1/repos/a/b/issues", { method: "POST", body: "{}" });
    expect(await inPart(rest)).toBe(rest);
  });
});
