import { describe, expect, test } from "vitest";
import {
  BranchName,
  digestOfIssue,
  digestOfOrder,
  isOrderOf,
  ORDERS_OF,
  Order,
  RepositoryName,
} from "../../src/domain/order.ts";
import {
  intakeOrder,
  lineOrder,
  nightlyOrder,
  releaseOrder,
  reviewOrder,
} from "../workers/orders.ts";

describe("the name of a repository", () => {
  test.each(["OWNER/millwright", "a/.github", "user_corp/x", "a-b/c.d_e-f", "a/..."])(
    "%s is one",
    (name) => expect(RepositoryName.safeParse(name).success).toBe(true),
  );

  test.each([
    "../..",
    "a/..",
    "a/.",
    "./b",
    "..",
    "a/b/c",
    "a",
    "/b",
    "a/",
    "-a/b",
    "a/-b",
    "a b/c",
    "a/b\n",
    "a/b%2f..",
    `a/${"b".repeat(101)}`,
    `${"a".repeat(40)}/b`,
  ])("%j is none", (name) => expect(RepositoryName.safeParse(name).success).toBe(false));
});

describe("the name of a branch", () => {
  test.each(["main", "release/1.x", "grün", "v1.0.0", "a@b"])("%s is one", (name) =>
    expect(BranchName.safeParse(name).success).toBe(true),
  );

  // Names that git takes and that mean something else elsewhere (threats EV-09, GIT-17), and names that git does not take.
  test.each([
    "",
    "-x",
    "--upload-pack=x",
    "/x",
    "x/",
    "x.",
    "a..b",
    "a//b",
    "a b",
    "@{1}",
    "refs/heads/main",
    "0123456789".repeat(4),
    "feat/$(id)",
    "feat/`id`",
    `feat/\${"IFS"}x`,
    "feat/;id",
    "feat/'x",
    'feat/"x',
    "feat/\u3000x",
    "feat/\u200bx",
    "feat/\u202ex",
    "a\nb",
    "a#b",
    "a%b",
    "a?b",
    "a:b",
    "x".repeat(251),
  ])("%j is none", (name) => expect(BranchName.safeParse(name).success).toBe(false));
});

describe("the digest of an issue", () => {
  const issue = { title: "greeting", body: "say the name" };

  test.each([
    [{ ...issue }, true],
    [{ ...issue, number: 7 }, true],
    [{ ...issue, title: "greetings" }, false],
    [{ ...issue, body: "" }, false],
    [{ title: issue.body, body: issue.title }, false],
  ])("of %j is the same: %j", (other, same) => {
    expect(digestOfIssue(other) === digestOfIssue(issue)).toBe(same);
    expect(digestOfIssue(other)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("the digest of an order", () => {
  test("is another for every part of it, in whatever order they stand", () => {
    const order = lineOrder();
    const digests = [order, { ...order, attempt: 9 }, { ...order, base: "f".repeat(40) }].map(
      (one) => digestOfOrder(one),
    );
    expect(new Set(digests).size).toBe(3);
    const turned = Object.fromEntries(Object.entries(order).reverse()) as typeof order;
    expect(digestOfOrder(turned)).toBe(digestOfOrder(order));
  });
});

describe("an order", () => {
  const orders = {
    intake: intakeOrder(),
    line: lineOrder(),
    release: releaseOrder(),
    nightly: nightlyOrder(),
    review: reviewOrder(),
  };

  test.each(Object.entries(orders))("of kind %s is one", (_kind, order) => {
    expect(Order.parse(order)).toEqual(order);
  });

  // What an order is for stands in its type: none that lacks it is an order at all.
  test.each([
    ["intake", "issue"],
    ["line", "issue"],
    ["line", "attempt"],
    ["line", "contract"],
    ["line", "contractDigest"],
    ["line", "approvedDependencies"],
    ["release", "release"],
    ["nightly", "audit"],
    ["review", "contract"],
    ["review", "pullRequest"],
  ] as const)("of kind %s without its %s is none", (kind, key) => {
    const { [key]: _, ...rest } = orders[kind] as unknown as Record<string, unknown>;
    expect(Order.safeParse(rest).success).toBe(false);
  });

  test("says nothing of what another kind is for", () => {
    expect(Order.safeParse({ ...orders.intake, attempt: 1 }).success).toBe(false);
    expect(Order.safeParse({ ...orders.release, issue: orders.line.issue }).success).toBe(false);
  });

  test.each([
    ["implement", ["line"]],
    ["verify", ["line", "nightly"]],
    ["review", ["line", "review"]],
    ["post-merge-smoke", ["release"]],
  ] as const)("for %s is one of %j", (worker, kinds) => {
    const accepted = Object.values(orders).filter((order) => isOrderOf(order, ORDERS_OF[worker]));
    expect(accepted.map(({ kind }) => kind)).toEqual(kinds);
  });
});
