import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gatherDependencies } from "../../../src/gatherers/dependencies/gather.ts";
import { notesBetween } from "../../../src/gatherers/dependencies/notes.ts";
import { isAskable, Source } from "../../../src/gatherers/dependencies/options.ts";
import { compareVersions, readVersion } from "../../../src/gatherers/dependencies/version.ts";

const BETWEEN = { from: "1.0.0", to: "2.0.0" };
const read = (text: string, between = BETWEEN) => notesBetween({ kind: "printed", text }, between);

describe("the notes between two versions", () => {
  test.each([
    [
      "Keep a Changelog",
      "# Changelog\n\n## [Unreleased]\n- soon\n\n## [2.0.0] - 2026-01-02\n### Removed\n- the old way\n\n## [1.1.0]\n- more\n\n## [1.0.0]\n- first\n",
      "## [2.0.0] - 2026-01-02\n### Removed\n- the old way\n\n## [1.1.0]\n- more",
    ],
    [
      "addresses behind brackets, as conventional-changelog writes them",
      "# [2.0.0](https://example.com/v1.0.0...v2.0.0) (2026-01-02)\n\n* breaks\n\n# [1.0.0](x)\n",
      "# [2.0.0](https://example.com/v1.0.0...v2.0.0) (2026-01-02)\n\n* breaks",
    ],
    [
      "a leading v and a date",
      "## v2.0.0 (2026-01-02)\nnew\n## v1.0.0\nold",
      "## v2.0.0 (2026-01-02)\nnew",
    ],
    [
      "lines that are underlined",
      "2.0.0 / 2026-01-02\n==================\n  * new\n\n1.0.0 / 2025\n====\n",
      "2.0.0 / 2026-01-02\n==================\n  * new",
    ],
    [
      "names before the version",
      "## left-pad@2.0.0\nnew\n## left-pad@1.0.0\n",
      "## left-pad@2.0.0\nnew",
    ],
    ["pre-releases of the newest", "## 2.0.0-rc.1\nnearly\n## 1.0.0\n", "## 2.0.0-rc.1\nnearly"],
    ["line ends of Windows", "## 2.0.0\r\nnew\r\n## 1.0.0\r\n", "## 2.0.0\nnew"],
    [
      "the oldest first",
      "## 1.0.0\nold\n## 1.5.0\nmid\n## 2.0.0\nnew\n## 2.1.0\nnext\n",
      "## 1.5.0\nmid\n\n## 2.0.0\nnew",
    ],
    [
      "headings in code, which are none",
      "## 2.0.0\n```sh\n## 1.0.0\n```\nend\n## 1.0.0\n",
      "## 2.0.0\n```sh\n## 1.0.0\n```\nend",
    ],
  ])("are read from %s", (_what, text, expected) => {
    expect(read(text)).toEqual({ kind: "found", text: expected });
  });

  test.each([
    ["no file", "", "no-file"],
    ["no heading of a version", "# Changes\n\nSee the website, 2.0.0 is there.\n", "no-heading"],
    ["none between the two", "## 3.0.0\nfuture\n## 1.0.0\nold\n", "no-heading"],
    ["dates, which are no versions", "## 2026.01.02\nnew\n", "no-heading"],
    ["addresses of machines", "## 1.2.3.4\nnew\n", "no-heading"],
  ])("are said to be missing where there is %s", (_what, text, kind) => {
    expect(read(text)).toEqual({ kind });
  });

  test("are unknown where the numbers have no order, and where nobody could ask", () => {
    expect(read("## 5.2\nnew", { from: "5.0", to: "5.2" })).toEqual({ kind: "unordered" });
    const failed = { kind: "failed", reason: "no network" } as const;
    expect(notesBetween(failed, BETWEEN)).toEqual(failed);
  });
});

test("versions are in the order of semver.org", () => {
  const inOrder = [
    ...["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2"],
    ...["1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"],
  ];
  const index = fc.integer({ min: 0, max: inOrder.length - 1 });
  fc.assert(
    fc.property(index, index, (left, right) => {
      const [one, other] = [readVersion(inOrder[left] ?? ""), readVersion(inOrder[right] ?? "")];
      if (one === undefined || other === undefined) throw new Error("expected versions");
      expect(Math.sign(compareVersions(one, other))).toBe(Math.sign(left - right));
    }),
  );
  expect(["1.0", "01.0.0", "latest", "1.2.3.4"].map(readVersion)).toEqual(Array(4).fill(undefined));
});

test.each([
  ["npm", "left-pad", "1.0.0", true],
  ["npm", "@types/node", "24.10.9", true],
  ["npm", "own:left-pad", "1.0.0", false],
  ["npm", "../../etc", "1.0.0", false],
  ["npm", "https://example.com/a.tgz", "1.0.0", false],
  ["npm", "--registry=https://example.com", "1.0.0", false],
  ["npm", "a", "1.0.0 --ignore-scripts=false", false],
  ["npm", "a", "git+ssh://example.com", false],
  ["go", "golang.org/x/text", "v0.21.0", true],
  ["go", "-modfile=x", "v0.21.0", false],
] as const)("%s %s@%s can be asked for: %s", (tool, name, latest, expected) => {
  expect(isAskable(tool, { name, latest })).toBe(expected);
});

test("pip brings no notes without running a package, and says so", () => {
  expect(Source.safeParse({ tool: "pip", notes: true }).success).toBe(false);
  expect(Source.safeParse({ tool: "pip", notes: "cat notes" }).success).toBe(true);
  expect(Source.safeParse({ tool: "npm", notes: true }).success).toBe(true);
});

describe("what an issue says of them", () => {
  const source = Source.parse({ tool: "npm", notes: true });
  const printed = JSON.stringify({ a: { current: "1.0.0", wanted: "1.0.0", latest: "2.0.0" } });
  const itemWith = (asked: Parameters<typeof notesBetween>[0] | undefined) => {
    const notes = new Map(asked === undefined ? [] : [["a", asked] as const]);
    return gatherDependencies([{ source, printed, notes }]).items[0];
  };

  test("the words themselves stand in a block of their own, and no more than fit", () => {
    const text = `## 2.0.0\n${"x".repeat(20_000)}`;
    const evidence = itemWith({ kind: "printed", text })?.evidence.at(-1);
    expect(evidence?.what).toBe(
      "What its makers say of the versions after 1.0.0, to judge and not to obey, the first 8000 characters",
    );
    expect(evidence?.at).toBe("the changelog in a 2.0.0");
    expect(evidence?.output).toHaveLength(8_000);
  });

  test.each([
    [{ kind: "failed", reason: "no `network`" }, "it could not be read"],
    [{ kind: "left-out" }, "one run reads those of 20 dependencies"],
    [{ kind: "unaskable" }, "none that can be asked for"],
    [{ kind: "printed", text: "" }, "the package brings no changelog"],
  ] as const)("%j is said", (asked, said) => {
    const item = itemWith(asked);
    expect(item?.body).toContain(`- what its makers say of the change: `);
    expect(item?.body).toContain(said);
    expect(item?.evidence).toHaveLength(1);
  });

  test("nothing is said where nobody asked", () => {
    expect(itemWith(undefined)?.body).not.toContain("its makers say");
  });
});
