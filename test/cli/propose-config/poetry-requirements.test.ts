import { expect, test } from "vitest";
import { poetryRequirements } from "../../../src/cli/propose-config/python/poetry-requirements.ts";

const project = (dependencies: object, more: object = {}) => ({
  tool: { poetry: { group: { dev: { dependencies } }, ...more } },
});

test.each([
  ["*", "x"],
  ["^1.2.3", "x>=1.2.3,<2"],
  ["^0.2.3", "x>=0.2.3,<0.3"],
  ["^0.0.3", "x>=0.0.3,<0.0.4"],
  ["^0.0", "x>=0.0,<0.1"],
  ["^7", "x>=7,<8"],
  ["~1.2.3", "x>=1.2.3,<1.3"],
  ["~1", "x>=1,<2"],
  ["1.4", "x==1.4"],
  ["1.*", "x==1.*"],
  [">=1.2, <3", "x>=1.2,<3"],
  ["!=1.5", "x!=1.5"],
])("%s of poetry is %s of pip", (constraint, requirement) => {
  expect(poetryRequirements(project({ x: constraint }))).toEqual(["-e .", requirement]);
});

test("extras, optional groups by their purpose, and a project that is no package", () => {
  const parsed = project(
    { coverage: { version: "^7.0", extras: ["toml"] } },
    {
      "package-mode": false,
      dependencies: { python: "^3.9", click: "^8" },
      group: {
        docs: { optional: true, dependencies: { sphinx: "*" } },
        test: { optional: true, dependencies: { pytest: "*" } },
      },
    },
  );
  expect(poetryRequirements(parsed)).toEqual(["click>=8,<9", "pytest"]);
});

test.each([
  [{ git: "https://x.example/y.git" }],
  [{ path: "../y" }],
  [{ version: "^1", markers: "sys_platform == 'win32'" }],
  [[{ version: "^1", python: "<3.9" }]],
  ["^1 || ^2"],
  ["$(rm)"],
])("what pip has no form for is left to poetry: %j", (value) => {
  expect(poetryRequirements(project({ x: value }))).toBeUndefined();
});
