import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scopesOfPackages } from "../../../src/cli/propose-config/packages/packages.ts";
import { proposeConfig } from "../../../src/cli/propose-config/propose-config.ts";
import { renderConfig } from "../../../src/cli/propose-config/render-config.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { checksFor, partsOf } from "../../../src/domain/config/scoped-checks.ts";
import { type Files, seenRepository } from "./seen-repository.ts";

const NODE = { scripts: { test: "node --test" } };
const pom = (artifact: string, ...needs: readonly string[]) =>
  `<project><parent><artifactId>all</artifactId></parent><artifactId>${artifact}</artifactId>${needs
    .map((one) => `<dependency><groupId>x</groupId><artifactId>${one}</artifactId></dependency>`)
    .join("")}</project>`;

const WORKSPACES: readonly (readonly [string, Files])[] = [
  [
    "npm",
    {
      "package.json": { workspaces: ["libs/*"] },
      "libs/a/package.json": { name: "@x/a", ...NODE, dependencies: { "@x/b": "*" } },
      "libs/b/package.json": { name: "@x/b", ...NODE, devDependencies: { "@x/c": "*" } },
      "libs/c/package.json": { name: "@x/c", ...NODE },
      "libs/none/package.json": { name: "@x/none" },
    },
  ],
  [
    "pnpm",
    {
      "package.json": { packageManager: "pnpm@10.1.0" },
      "pnpm-workspace.yaml": "packages:\n  - libs/*\n  - '!libs/none'\n",
      "libs/a/package.json": { name: "@x/a", ...NODE, dependencies: { "@x/b": "workspace:*" } },
      "libs/b/package.json": { name: "@x/b", ...NODE, dependencies: { "@x/c": "workspace:*" } },
      "libs/c/package.json": { name: "@x/c", ...NODE },
      "libs/none/package.json": { name: "@x/none", ...NODE },
    },
  ],
  [
    "Cargo",
    {
      "Cargo.toml":
        '[workspace]\nmembers = ["libs/*"]\n[workspace.dependencies]\nc = { path = "libs/c" }\n',
      "libs/a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nb = { path = "../b" }\n',
      "libs/b/Cargo.toml": '[package]\nname = "b"\n[dev-dependencies]\nc = { workspace = true }\n',
      "libs/c/Cargo.toml": '[package]\nname = "c"\n',
    },
  ],
  [
    "Go",
    {
      "go.work": "go 1.21\n\nuse (\n\t./libs/a\n\t./libs/b\n\t./libs/c\n)\n",
      "libs/a/go.mod": "module x/a\n\nrequire x/b v0.0.0\n",
      "libs/b/go.mod": "module x/b\n\nrequire (\n\tx/c v0.0.0\n)\n",
      "libs/c/go.mod": "module x/c\n",
      ...Object.fromEntries(["a", "b", "c"].map((name) => [`libs/${name}/x_test.go`, ""])),
    },
  ],
  [
    "Maven",
    {
      "pom.xml":
        "<project><modules><module>libs/a</module><module>libs/b</module><module>libs/c</module></modules></project>",
      "libs/a/pom.xml": pom("a", "b"),
      "libs/b/pom.xml": pom("b", "c"),
      "libs/c/pom.xml": pom("c"),
      ...Object.fromEntries(
        ["a", "b", "c"].map((name) => [`libs/${name}/src/test/java/T.java`, ""]),
      ),
    },
  ],
];

function configOf(files: Files) {
  const reading = readConfigText(renderConfig(proposeConfig(seenRepository(files)), { read: [] }));
  if (!("config" in reading)) throw new Error(JSON.stringify(reading));
  return reading.config;
}

describe.each(WORKSPACES)("a workspace of %s", (_title, files) => {
  test("has a test for each package, about it and what it needs", () => {
    const parts = partsOf(configOf(files).checks.test);
    expect(parts.map(({ paths }) => paths)).toEqual([
      ["libs/a/**", "libs/b/**", "libs/c/**"],
      ["libs/b/**", "libs/c/**"],
      ["libs/c/**"],
    ]);
    expect(parts.every(({ report, only }) => report !== undefined && only !== undefined)).toBe(
      true,
    );
    expect(new Set(parts.map(({ run }) => run)).size).toBe(3);
  });

  test.each([
    ["libs/a/x", 1],
    ["libs/b/x", 2],
    ["libs/c/x", 3],
    ["README.md", 3],
  ])("runs for %s the tests of %i packages", (path, count) => {
    expect(partsOf(checksFor(configOf(files).checks, [path]).test)).toHaveLength(count);
  });
});

describe("packages that nobody can tell apart are checked as one", () => {
  test.each<readonly [string, Files, string]>([
    [
      "a script of the root, which is the owner's word",
      {
        "package.json": { workspaces: ["a", "b"], ...NODE },
        "a/package.json": NODE,
        "b/package.json": NODE,
      },
      "node --test",
    ],
    [
      "a Cargo package that is the root of others",
      {
        "Cargo.toml": '[package]\nname = "x"\n[workspace]\nmembers = ["a", "b"]\n',
        "a/Cargo.toml": "",
        "b/Cargo.toml": "",
      },
      "cargo test",
    ],
    [
      "one member",
      { "Cargo.toml": '[workspace]\nmembers = ["a"]\n', "a/Cargo.toml": '[package]\nname = "a"\n' },
      "cargo test",
    ],
    [
      "a package inside another",
      {
        "Cargo.toml": '[workspace]\nmembers = ["a", "a/b"]\n',
        "a/Cargo.toml": '[package]\nname = "a"\n',
        "a/b/Cargo.toml": '[package]\nname = "b"\n',
      },
      "cargo test",
    ],
    [
      "a member without a name",
      {
        "Cargo.toml": '[workspace]\nmembers = ["a", "b"]\n',
        "a/Cargo.toml": '[package]\nname = "a"\n',
        "b/Cargo.toml": "",
      },
      "cargo test",
    ],
  ])("%s", (_title, files, begins) => {
    const parts = partsOf(configOf(files).checks.test);
    expect(parts.map(({ paths }) => paths)).toEqual([undefined]);
    expect(parts[0]?.run).toContain(begins);
  });
});

test("the scope of a package holds the scope of everything that it needs", () => {
  const names = ["a", "b", "c", "d", "e"];
  const needs = fc.array(fc.uniqueArray(fc.constantFrom(...names, "elsewhere")), {
    minLength: names.length,
    maxLength: names.length,
  });
  fc.assert(
    fc.property(needs, (all) => {
      const packages = names.map((name, index) => ({
        folder: name,
        name,
        needs: all[index] ?? [],
      }));
      const scopes = scopesOfPackages(packages);
      for (const { folder, needs: own } of packages) {
        const scope = scopes?.get(folder) ?? [];
        expect(scope).toContain(`${folder}/**`);
        for (const need of own)
          expect(scope).toEqual(expect.arrayContaining([...(scopes?.get(need) ?? [])]));
      }
    }),
  );
});
