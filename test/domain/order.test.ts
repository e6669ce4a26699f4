import { describe, expect, test } from "vitest";
import { BranchName, RepositoryName } from "../../src/domain/order.ts";

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
