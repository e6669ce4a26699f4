import { expect, test } from "vitest";
import { Probe, programProbeOf, webProbeOf } from "../../../src/domain/config/probe.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { secondsOf, tellsTests, withChecksFor } from "../../../src/domain/config/scoped-checks.ts";

const get = "https://example.com/health";

test.each<readonly [string, object, unknown, unknown]>([
  ["an address", { get }, { get, expect: { status: 200 } }, undefined],
  [
    "an address and what it answers",
    { get, expect: { status: 204, withinMs: 5 } },
    { get, expect: { status: 204, withinMs: 5 } },
    undefined,
  ],
  ["a program", { run: "curl x" }, undefined, { run: "curl x" }],
  [
    "a program with its bounds",
    { run: "curl x", timeoutSeconds: 5, hosts: [get] },
    undefined,
    { run: "curl x", timeoutSeconds: 5, hosts: [get] },
  ],
  ["a script", { playwright: "smoke/a.ts" }, undefined, { playwright: "smoke/a.ts" }],
])("a probe is %s", (_, probe, web, program) => {
  const read = Probe.parse(probe);
  expect(webProbeOf(read)).toStrictEqual(web);
  expect(programProbeOf(read)).toStrictEqual(program);
});

test.each<readonly [string, object, readonly string[]]>([
  ["nothing", {}, [": expected what is asked: get, run or playwright"]],
  [
    "two questions",
    { get, run: "x", timeoutSeconds: 5 },
    [": expected one of get, run: a probe is one question"],
  ],
  [
    "an answer of a program",
    { run: "x", expect: {} },
    ["expect: belongs to get: of a program the exit code 0 is expected"],
  ],
  [
    "bounds of an address",
    { get, timeoutSeconds: 5, hosts: [get] },
    [
      "timeoutSeconds: belongs to run and playwright: leave it out",
      "hosts: belongs to run and playwright: leave it out",
    ],
  ],
  [
    "no path of a value",
    { get, expect: { json: [{ path: "db..", equals: 1 }] } },
    ["expect.json.0.path: expected a path to one value, like $.db[0].state"],
  ],
])("a probe is refused that asks %s", (_, probe, faults) => {
  const issues = Probe.safeParse(probe).error?.issues ?? [];
  expect(issues.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual(faults);
});

const report = "r.xml";
const checksOf = (checks: object) => Config.parse({ checks }).checks;

test.each<readonly [string, object, boolean, number]>([
  ["none", {}, false, 0],
  ["a command", { test: "npm test" }, false, 60],
  ["a command with a report", { test: { run: "x", report, timeoutSeconds: 5 } }, true, 5],
  [
    "commands with reports",
    {
      test: [
        { run: "x", report },
        { run: "y", report: "s.xml", timeoutSeconds: 7 },
      ],
    },
    true,
    67,
  ],
  ["commands of which one has none", { test: [{ run: "x", report }, { run: "y" }] }, false, 120],
])("of %s every test is told, or not, in so many seconds", (_, checks, tells, seconds) => {
  const { test: check } = checksOf(checks);
  expect(tellsTests(check)).toBe(tells);
  if (check !== undefined) expect(secondsOf(check, 60)).toBe(seconds);
});

test("work has the checks of its paths, and all of them while nobody knows its paths", () => {
  const checks = { lint: { run: "x", paths: ["a/**"] }, test: { run: "y", paths: ["b/**"] } };
  const config = Config.parse({ checks });
  const order = { id: 1, config };
  expect(withChecksFor(order, undefined)).toBe(order);
  const { lint, test: other } = config.checks;
  expect(withChecksFor(order, ["a/x.ts"])).toEqual({
    id: 1,
    config: { ...config, checks: { lint } },
  });
  expect(withChecksFor(order, ["b/x.ts"])).toEqual({
    ...{ id: 1, config: { ...config, checks: { test: other } } },
  });
});
