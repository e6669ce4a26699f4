import { describe, expect, test } from "vitest";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { fileAt, NO_FILES, unread, withFiles } from "../../../src/control/observed/files.ts";
import { refusalOfReceipt, withheldOf } from "../../../src/control/observed/receipts.ts";
import { parseStrictJson } from "../../../src/control/observed/strict-json.ts";
import type { Failed, Receipt } from "../../../src/domain/github/receipt.ts";

const LONG = "x".repeat(3_000);

describe("what was read of the repository", () => {
  const known = { known: new Uint8Array([1]) };
  const files = [
    { commit: "a", path: "x" },
    { commit: "a", path: "y" },
    { commit: "b", path: "x" },
  ];

  test("is found by commit and path, and what nobody read stays to be read", () => {
    const seen = withFiles(NO_FILES, files, [known, { known: null }]);
    expect(files.map((file) => fileAt(seen, file))).toEqual([known, { known: null }, undefined]);
    expect(unread(seen, files)).toEqual(files.slice(2));
  });

  test("is kept when more is read", () => {
    const [first, second, third] = files;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error("three");
    const seen = withFiles(withFiles(NO_FILES, [first], [known]), [third], [{ known: null }]);
    expect(unread(seen, files)).toEqual([second]);
    expect(NO_FILES.size).toBe(0);
  });
});

describe("an effect that was withheld", () => {
  const refusal = { code: "secret-found", subject: "body" } as const;
  const withheld: Receipt = {
    kind: "write-comment",
    key: "x",
    outcome: "refused",
    cause: "withheld",
    refusal,
  };
  const lost: Receipt = {
    kind: "write-comment",
    key: "y",
    outcome: "refused",
    cause: "no-answer",
    reason: "",
  };
  const done: Receipt = { kind: "write-comment", key: "z", outcome: "done", number: 1 };
  test.each([
    ["x", refusal],
    ["y", undefined],
    ["z", undefined],
    ["another", undefined],
  ])("by the key %s: %j", (key, expected) => {
    expect(withheldOf([withheld, lost, done], { kind: "write-comment", key })).toEqual(expected);
  });
});

describe("why an effect did not come true", () => {
  const named = { key: "x", outcome: "refused" } as const;
  test.each<readonly [string, Failed, object]>([
    [
      "a long silence",
      { ...named, kind: "set-labels", cause: "no-answer", reason: LONG },
      { code: "effect-unanswered", subject: "set-labels", found: LONG.slice(0, 2_000) },
    ],
    [
      "a long look of ours",
      {
        ...named,
        kind: "set-labels",
        cause: "refused-by-us",
        code: "merge-refused",
        did: "nothing",
        reason: LONG,
      },
      { code: "merge-refused", subject: "set-labels", found: LONG.slice(0, 2_000) },
    ],
    [
      "a long no",
      { ...named, kind: "set-labels", cause: "refused-by-github", status: 500, reason: LONG },
      { code: "effect-refused", subject: "set-labels", found: `500 ${LONG}`.slice(0, 2_000) },
    ],
    [
      "a pull request that may not be opened",
      {
        ...named,
        kind: "open-pull-request",
        cause: "refused-by-github",
        status: 403,
        reason: "no",
      },
      {
        code: "permission-missing",
        subject: "open-pull-request",
        found: "403 no",
        hint: "allow-actions-to-open-pull-requests",
      },
    ],
    [
      "a pull request that is there",
      {
        ...named,
        kind: "open-pull-request",
        cause: "refused-by-github",
        status: 422,
        reason: "no",
      },
      { code: "effect-refused", subject: "open-pull-request", found: "422 no" },
    ],
    [
      "a merge that may not be",
      {
        ...named,
        kind: "merge-pull-request",
        cause: "refused-by-github",
        status: 403,
        reason: "no",
      },
      { code: "permission-missing", subject: "merge-pull-request", found: "403 no" },
    ],
  ])("%s", (_, receipt, refusal) => {
    expect(refusalOfReceipt(receipt)).toEqual(refusal);
  });
});

describe("strict JSON to the letter", () => {
  const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text));
  test.each<readonly [string, unknown]>([
    ['{"a":1,"b":{"a":2}}', { value: { a: 1, b: { a: 2 } } }],
    ['[{"a":1},{"a":2}]', { value: [{ a: 1 }, { a: 2 }] }],
    ['{"a":["a","a"],"b":"a"}', { value: { a: ["a", "a"], b: "a" } }],
    ['{"a":"\\\\","b":"\\"a\\":{"}', { value: { a: "\\", b: '"a":{' } }],
    ['{"a" \n : 1, "a": 2}', { fault: 'the key "a" twice' }],
    ['{"a":1,"\\u0061":2}', { fault: 'the key "a" twice' }],
    ['{"b":[{"a":1}],"a":{},"b":1}', { fault: 'the key "b" twice' }],
    ['{"__proto__":1}', { fault: 'the key "__proto__"' }],
    [`{"${LONG}":1,"${LONG}":2}`, { fault: `the key "${"x".repeat(99)} twice` }],
    [`${"[".repeat(32)}${"]".repeat(32)}`, { value: expect.anything() }],
    [`${"[".repeat(33)}${"]".repeat(33)}`, { fault: "a nest of more than 32 levels" }],
    [`[${"{},".repeat(40)}[]]`, { value: expect.anything() }],
    ["{", { fault: "not one JSON value in UTF-8" }],
    ["\ufeff{}", { fault: "not one JSON value in UTF-8" }],
  ])("%.60s: %#", (text, reading) => {
    expect(parse(text)).toEqual(reading);
  });

  test("bytes that are no text are none", () => {
    expect(parseStrictJson(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({
      fault: "not one JSON value in UTF-8",
    });
  });
});

describe("a config with faults", () => {
  test.each([
    ["limits:\n  attempts: 0\n", /^line 2: limits\.attempts: /],
    [
      "approve: maybe\ntrust:\n  default: none\n",
      /^line 1: approve: .+; line 3: trust\.default: .+$/,
    ],
    ["version: 1\nversion: 1\n", /^line 2: this key stands twice: leave one$/],
    ["a: [\n", /^line 2: .*a bracket before it is not closed$/],
    [`# ${"x".repeat(63_998)}\n`, /^64001 characters$/],
    ["a: &x [1]\nb: *x\n", /^an alias: write the value out$/],
    ["checks:\n  - a\n", /^line 1: checks: /],
    ["limits:\n  turnsPerRun: 3\n  attempts:\n    - 1\n", /^line 3: limits\.attempts: /],
    ["smoke:\n  probes:\n    - get: ftp://x\n", /^line 3: smoke\.probes\.0\.get: /],
    ["smoke:\n\n  probes:\n    - status: 200\n", /^line 4: smoke\.probes\.0\.status: unknown key/],
    ["\n\n- a\n", /^line 3: the file: expected keys with values, found a list$/],
    ["approve: always\nmystery: 1\n", /^line 2: mystery: unknown key "mystery"$/],
    ["- a\n", /^line 1: the file: /],
    [`${"x".repeat(900)}: 1\n${"y".repeat(900)}: 1\n${"z".repeat(900)}: 1\n`, /^.{2000}$/],
  ])("%.40j says where: %#", (text, found) => {
    expect(readConfigText(text)).toEqual({
      refusal: {
        code: "config-invalid",
        subject: ".github/factory.yml",
        found: expect.stringMatching(found),
      },
    });
  });

  test("of the largest size that is read is none", () => {
    expect(readConfigText(`# ${"x".repeat(63_998)}`)).toHaveProperty("config");
  });
});
