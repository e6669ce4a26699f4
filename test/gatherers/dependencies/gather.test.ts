import { describe, expect, test } from "vitest";
import { gatherDependencies } from "../../../src/gatherers/dependencies/gather.ts";
import { jumpOf } from "../../../src/gatherers/dependencies/jump.ts";
import { Source } from "../../../src/gatherers/dependencies/options.ts";
import { readOutdated } from "../../../src/gatherers/dependencies/outdated.ts";

/** As npm 11 printed it for a package with two outdated dependencies. */
const NPM = `{
  "is-number": {
    "current": "6.0.0", "wanted": "6.0.0", "latest": "7.0.0", "dependent": "nout",
    "location": "/nout/node_modules/is-number", "type": "devDependencies", "dependedByLocation": ""
  },
  "is-odd": {
    "current": "0.1.2", "wanted": "0.1.2", "latest": "3.0.1", "dependent": "nout",
    "location": "/nout/node_modules/is-odd", "type": "dependencies", "dependedByLocation": ""
  }
}`;
const GO = `{
\t"Path": "example.com/own",
\t"Main": true
}
{
\t"Path": "golang.org/x/text",
\t"Version": "v0.3.0",
\t"Update": {
\t\t"Path": "golang.org/x/text",
\t\t"Version": "v0.21.0"
\t}
}
{
\t"Path": "rsc.io/indirect",
\t"Version": "v1.0.0",
\t"Indirect": true,
\t"Update": {
\t\t"Path": "rsc.io/indirect",
\t\t"Version": "v1.1.0"
\t}
}
{
\t"Path": "rsc.io/newest",
\t"Version": "v1.5.2"
}
`;
const PIP = '[{"name":"Django","version":"5.0","latest_version":"5.2","latest_filetype":"wheel"}]';

/** As cargo 1.95 says it of a workspace whose one member asks for a crate of each kind, cut to what is read. */
const RUST = (source = "registry+https://github.com/rust-lang/crates.io-index") =>
  JSON.stringify({
    packages: [
      { id: "app", name: "app", version: "0.1.0", source: null, homepage: null },
      { id: "own", name: "own", version: "0.1.0", source: null },
      { id: "semver", name: "semver", version: "0.11.0", source, homepage: "https://a.example" },
      { id: "itoa", name: "itoa", version: "1.0.19", source },
      { id: "parser", name: "semver-parser", version: "0.10.3", source },
      { id: "tip", name: "tip", version: "0.1.0", source: "git+https://example.com/tip#0" },
    ],
    workspace_members: ["app", "own"],
    resolve: {
      nodes: [
        {
          id: "app",
          deps: [
            { pkg: "own", dep_kinds: [{ kind: null }] },
            { pkg: "semver", dep_kinds: [{ kind: "dev" }] },
            { pkg: "itoa", dep_kinds: [{ kind: null }] },
            { pkg: "tip", dep_kinds: [{ kind: null }] },
          ],
        },
        { id: "own", deps: [] },
        { id: "semver", deps: [{ pkg: "parser", dep_kinds: [{ kind: null }] }] },
      ],
    },
  });
const INDEX = [
  '{"name":"semver","vers":"1.0.28","deps":[],"yanked":false}',
  '{"name":"semver","vers":"1.0.29","yanked":true}',
  '{"name":"semver","vers":"2.0.0-rc.1","yanked":false}',
  '{"name":"semver","vers":"0.11.0","yanked":false}',
  '{"name":"itoa","vers":"1.0.19","yanked":false}',
].join("\n");

describe("what a package manager answered", () => {
  test.each([
    ["npm", NPM, ["is-number 6.0.0 7.0.0", "is-odd 0.1.2 3.0.1"]],
    ["npm", "", []],
    ["npm", "{}", []],
    ["npm", '{"a":[{"current":"1.0.0","wanted":"1.0.0","latest":"1.0.0"}]}', []],
    ["pip", PIP, ["Django 5.0 5.2"]],
    ["pip", "[]", []],
    ["cargo", `${RUST()}\n${INDEX}`, ["semver 0.11.0 1.0.28"]],
    ["cargo", `${RUST("git+https://example.com/x#1")}\n`, []],
    ["go", GO, ["golang.org/x/text v0.3.0 v0.21.0"]],
    ["go", "", []],
  ] as const)("%s: %j", (tool, text, expected) => {
    const found = readOutdated(tool, text);
    expect(found.map(({ name, current, latest }) => `${name} ${current} ${latest}`)).toEqual(
      expected,
    );
  });

  test.each([
    ["npm, an error", "npm", '{"error":{"code":"ENOTFOUND","summary":"no network"}}'],
    ["npm, what is not installed", "npm", '{"a":{"wanted":"1.0.0","latest":"2.0.0"}}'],
    ["npm, words", "npm", "all is well"],
    ["pip, no output", "pip", ""],
    ["pip, an object", "pip", "{}"],
    ["cargo, no index", "cargo", RUST()],
    ["cargo, another registry", "cargo", `${RUST("sparse+https://crates.example/")}\n${INDEX}`],
    ["cargo, no output", "cargo", ""],
    ["go, words", "go", "go: no module"],
  ] as const)("%s never means that all is new", (_what, tool, text) => {
    expect(() => readOutdated(tool, text)).toThrow();
  });
});

test.each([
  ["1.2.3", "2.0.0", "major"],
  ["1.2.3", "1.3.0", "minor"],
  ["v1.2.3", "v1.2.4", "patch"],
  ["1.2.3-rc.1", "1.2.3", "other"],
  ["5.0", "5.2", "unknown"],
  ["1.2.3", "2026.01", "unknown"],
])("from %s to %s it is %s", (from, to, jump) => {
  expect(jumpOf(from, to)).toBe(jump);
});

test("one dependency of several folders is one item, with each of them", () => {
  const answers = ["a", "b"].map((folder) => ({
    source: Source.parse({ tool: "npm", folder }),
    printed: NPM,
  }));
  const { items, measures } = gatherDependencies(answers);
  expect(items.map(({ key }) => key)).toEqual(["npm is-number", "npm is-odd"]);
  expect(items[0]?.title).toBe("Update is-number from 6.0.0 to 7.0.0");
  expect(items[0]?.evidence.map(({ what }) => what)).toEqual([
    "is-number 6.0.0 in the folder a, devDependencies",
    "is-number 6.0.0 in the folder b, devDependencies",
  ]);
  expect(measures).toMatchObject({ outdated: 2, major: 2, minor: 0 });
});

test("none is outdated: the measure says so", () => {
  const answers = [{ source: Source.parse({ tool: "npm" }), printed: "{}" }];
  expect(gatherDependencies(answers)).toMatchObject({ items: [], measures: { outdated: 0 } });
});

test.each(["../x", "/x", "a/../../b"])("no folder is above the root: %s", (folder) => {
  expect(Source.safeParse({ tool: "npm", folder }).success).toBe(false);
});
