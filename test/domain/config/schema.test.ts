import { describe, expect, test } from "vitest";
import { CHECK_NAMES } from "../../../src/domain/config/check.ts";
import { nearestKey } from "../../../src/domain/config/faults.ts";
import { hostsOf } from "../../../src/domain/config/probe.ts";
import { readConfig } from "../../../src/domain/config/read-config.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { partsOf } from "../../../src/domain/config/scoped-checks.ts";

function faultsOf(value: unknown): readonly string[] {
  const read = readConfig(value);
  return "faults" in read
    ? read.faults.map(({ path, message }) => `${path.join(".")}: ${message}`)
    : [];
}

describe("readConfig", () => {
  test("no file means safe defaults", () => {
    const read = readConfig(undefined);
    if ("faults" in read) throw new Error("expected a config");
    expect(read.config.trust).toEqual({ default: "open-pr", scopes: [], ceilings: [] });
    expect(read.config.limits).toMatchObject({
      attempts: 3,
      wip: 3,
      usdPerIssue: 5,
      usdPerDay: 50,
    });
    expect(read.config.approve).toBe("when-risky");
    expect(read.config.checks).toEqual({});
    // A part that nobody notices is looked for, and refuses nothing.
    expect([read.config.verify, read.config.gate]).toEqual([{ noticeMinutes: 5 }, {}]);
  });

  test("a check may be a bare command", () => {
    const read = readConfig({
      checks: { lint: "npm run lint", test: { run: "npm test", report: "r.xml" } },
    });
    if ("faults" in read) throw new Error("expected a config");
    expect(read.config.checks.lint).toEqual({
      run: "npm run lint",
      report: undefined,
      timeoutSeconds: undefined,
    });
    expect(read.config.checks.test).toMatchObject({
      run: "npm test",
      report: { format: "junit", files: "r.xml" },
    });
  });

  test.each([
    ["reports/junit.xml", { format: "junit", files: "reports/junit.xml" }],
    ["**/target/TEST-*.xml", { format: "junit", files: "**/target/TEST-*.xml" }],
    [
      { format: "jest", files: "jest.json" },
      { format: "jest", files: "jest.json" },
    ],
    [{ format: "go-test" }, { format: "go-test" }],
  ])("a report %j is %j", (report, expected) => {
    const read = readConfig({ checks: { test: { run: "x", report } } });
    if ("faults" in read) throw new Error(JSON.stringify(read.faults));
    expect(partsOf(read.config.checks.test)[0]?.report).toEqual(expected);
    expect(Config.parse(JSON.parse(JSON.stringify(read.config)))).toEqual(read.config);
  });

  test.each([
    [
      { format: "xunit", files: "x" },
      '.format: expected one of junit, jest, go-test, cargo-test, tap, rspec, minitest, trx, found "xunit"',
    ],
    [{ fromat: "tap" }, '.fromat: unknown key "fromat"; did you mean "format"?'],
    [{ format: "jest" }, ".files: jest results are written to a file: name its path, or a glob"],
    [{ format: "tap", files: 3 }, ".files: expected text, found 3"],
    [3, ": expected text or keys with values"],
    ["/tmp/x.xml", ": expected a path or a glob below the root of the repository"],
    ["../x.xml", ": expected a path or a glob below the root of the repository"],
    [
      { format: "tap", files: "!x" },
      ".files: expected a path or a glob below the root of the repository",
    ],
  ])("a report %j is refused in words", (report, expected) => {
    const value = { checks: { test: { run: "x", report } } };
    expect(faultsOf(value)).toContain(`checks.test.report${expected}`);
  });

  test.each([
    [
      { run: "x", timeoutSecond: 3 },
      '.timeoutSecond: unknown key "timeoutSecond"; did you mean "timeoutSeconds"?',
    ],
    [{ report: "x" }, ".run: it is missing: expected text"],
    [7, ": expected text or keys with values or a list"],
    ["", ": expected text that is not empty"],
  ])("a check %j is refused in words", (check, expected) => {
    expect(faultsOf({ checks: { test: check } })).toEqual([`checks.test${expected}`]);
  });

  test("reading what was read changes nothing, so that an order can carry it", () => {
    const read = readConfig({
      checks: { lint: "x" },
      smoke: { probes: [{ get: "http://localhost/" }] },
    });
    if ("faults" in read) throw new Error("expected a config");
    expect(Config.parse(JSON.parse(JSON.stringify(read.config)))).toEqual(read.config);
  });

  test.each([
    [{ chekcs: {} }, 'chekcs: unknown key "chekcs"; did you mean "checks"?'],
    [{ limits: { atempts: 2 } }, 'limits.atempts: unknown key "atempts"; did you mean "attempts"?'],
    [{ checks: { tset: "npm test" } }, 'checks.tset: unknown key "tset"; did you mean "test"?'],
    [
      { trust: { scopes: [{ paths: ["a"], levl: "x" }] } },
      'trust.scopes.0.levl: unknown key "levl"; did you mean "level"?',
    ],
    [{ zzzzzzzz: 1 }, 'zzzzzzzz: unknown key "zzzzzzzz"'],
  ])("%j names the unknown key and the nearest known one", (value, expected) => {
    expect(faultsOf(value)).toContain(expected);
  });

  test.each([
    [{ approve: "sometimes" }],
    [{ limits: { attempts: 0 } }],
    [{ gate: { noticed: 1.1 } }],
    [{ gate: { noticed: -0.1 } }],
    [{ verify: { noticeMinutes: 61 } }],
    [{ verify: { noticeMinutes: -1 } }],
    [{ limits: { attempts: "3" } }],
    [{ trust: { default: "god-mode" } }],
    [{ version: 2 }],
    [{ smoke: { probes: [{ get: "ftp://x" }] } }],
    ["not a mapping"],
  ])("%j is refused", (value) => {
    expect(faultsOf(value).length).toBeGreaterThan(0);
  });

  test("the schema knows exactly the checks that run", () => {
    expect(Object.keys(Config.shape.checks.unwrap().shape)).toEqual([...CHECK_NAMES]);
  });

  test("a far key has no nearest", () => {
    expect(nearestKey("abcdefgh", ["xyz"])).toBeUndefined();
  });
});

describe("where packages may come from", () => {
  const registries = (address: string) => readConfig({ dependencies: { registries: [address] } });

  test.each([
    ["https://registry.example", true],
    ["http://localhost:4873", true],
    ["http://localhost", true],
    ["http://127.0.0.1/npm", true],
    ["http://registry.example", false],
    ["http://localhost.evil.example", false],
    ["http://127.0.0.1.evil.example", false],
    ["http://evil.example/https://a", false],
    ["http://evil.example/http://localhost/", false],
    ["https://user@registry.example", false],
    ["https://registry.example/?a", false],
    ["https://registry.example/#a", false],
    ["ftp://registry.example", false],
  ])("%s: %j", (address, may) => {
    expect("config" in registries(address)).toBe(may);
  });
});

describe("a probe", () => {
  const get = "https://example.com/health";

  const hosts = ["https://example.com"];

  test.each<[object, string | undefined]>([
    [{ run: "npm run smoke", hosts }, undefined],
    [{ run: "npm run smoke", hosts, timeoutSeconds: 20 }, undefined],
    [{ playwright: "smoke/home.mjs", hosts }, undefined],
    [{ playwright: ".github/smoke/home.ts", hosts }, undefined],
    [{ get, command: "x" }, "smoke.probes.0.command: a command is written as run"],
    [
      { get, script: "x" },
      "smoke.probes.0.script: a script for a browser is written as playwright, any other as a command in run",
    ],
    [{ hosts }, "smoke.probes.0: expected what is asked: get, run or playwright"],
    [{ get, run: "x" }, "smoke.probes.0: expected one of get, run: a probe is one question"],
    [
      { run: "x", hosts, expect: {} },
      "smoke.probes.0.expect: belongs to get: of a program the exit code 0 is expected",
    ],
    [{ get, hosts }, "smoke.probes.0.hosts: belongs to run and playwright: leave it out"],
    [
      { get, timeoutSeconds: 1 },
      "smoke.probes.0.timeoutSeconds: belongs to run and playwright: leave it out",
    ],
    [
      { run: "x", hosts: ["cdn.example.com"] },
      "smoke.probes.0.hosts.0: expected an address that begins with https:// or http://",
    ],
    [
      { run: "x" },
      "smoke.probes.0: expected a host that it may reach: name addresses in hosts, or a probe with get, or smoke.deploy.sha",
    ],
    ...[
      "/smoke.mjs",
      "../smoke.mjs",
      "a/../../smoke.mjs",
      "./smoke.mjs",
      "smoke.sh",
      "a/./b.js",
    ].map((playwright): [object, string] => [
      { playwright, hosts },
      "smoke.probes.0.playwright: expected the path of a .js, .mjs, .cjs, .ts, .mts or .cts file below the root",
    ]),
  ])("%j: %s", (probe, fault) => {
    expect(faultsOf({ smoke: { probes: [probe] } })).toEqual(fault === undefined ? [] : [fault]);
  });

  test("that is a program reaches the hosts of its own list, of other probes and of the deploy", () => {
    const run = { run: "x", hosts: ["https://cdn.example.com/a", "http://[::1]:8080"] };
    const { smoke } = Config.parse({
      smoke: {
        deploy: { sha: "http://EXAMPLE.com/version" },
        probes: [{ get }, { get: `${get}/2` }, run],
      },
    });
    expect(hostsOf(smoke, run)).toEqual([
      ...["example.com:80", "example.com:443", "cdn.example.com:443", "[::1]:8080"],
    ]);
  });

  test("of another name is told the nearest known one", () => {
    expect(faultsOf({ smoke: { probes: [{ get, expects: {} }] } })).toEqual([
      'smoke.probes.0.expects: unknown key "expects"; did you mean "expect"?',
    ]);
    expect(faultsOf({ smoke: { run: 1 } })).toEqual([expect.stringContaining("unknown key")]);
  });

  test("names one value of JSON", () => {
    const json = [{ path: "$..ok", equals: true }];
    expect(faultsOf({ smoke: { probes: [{ get, expect: { json } }] } })).toEqual([
      "smoke.probes.0.expect.json.0.path: expected a path to one value, like $.db[0].state",
    ]);
  });
});
