import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesPatterns } from "../../../../src/domain/text/filter-pattern.ts";
import type { Scope } from "../../../../src/twin/runner/workflow/expression-functions.ts";
import { createExpressions } from "../../../../src/twin/runner/workflow/expressions.ts";
import { loadGitHubLanguage } from "../../../../src/twin/runner/workflow/language.ts";
import { expandMatrix, matrixSuffix } from "../../../../src/twin/runner/workflow/matrix.ts";
import {
  applyOverlay,
  KEYS_UNKNOWN_TO_PARSER,
  narrowCacheMode,
} from "../../../../src/twin/runner/workflow/overlay.ts";

const language = await loadGitHubLanguage();
const expressions = createExpressions(language);
const running = { success: true, failure: false, cancelled: false };

describe("expressions", () => {
  const scope: Scope = {
    contexts: {
      github: { ref: "refs/heads/main", event: { labels: [{ name: "a" }, { name: "b" }], n: 3 } },
      inputs: { constructor: "kept", __proto__x: 1 },
      empty: undefined,
    },
  };
  test.each<[string, unknown]>([
    ["github.ref", "refs/heads/main"],
    ["GITHUB.REF", "refs/heads/main"],
    ["github.event.n + ''", undefined],
    ["github.event.n > 2 && 'many' || 'few'", "many"],
    ["github.event.labels.*.name", ["a", "b"]],
    ["contains(github.event.labels.*.name, 'B')", true],
    ["join(github.event.labels.*.name, '-')", "a-b"],
    ["format('{0} ''quoted'' ''twice''', 'x')", "x 'quoted' 'twice'"],
    ["inputs.constructor", "kept"],
    ["inputs.toString", null],
    ["fromJSON('{\"constructor\": 1}').constructor", 1],
    ["github.missing.deeper", null],
    ["empty.thing", null],
    ["toJSON(fromJSON('[1,true,null]'))", "[\n  1,\n  true,\n  null\n]"],
    ["case(false, 1, true, 2, 3)", 2],
    ["'true' == true", false],
    ["'1' == 1", true],
    ["startsWith('Hello', 'he')", true],
  ])("%s", (expression, expected) => {
    if (expected === undefined) {
      expect(() => expressions.value({ expression }, scope)).toThrow();
    } else {
      expect(expressions.value({ expression }, scope)).toEqual(expected);
    }
  });

  test.each<[string, unknown, boolean]>([
    ["", running, true],
    ["", { ...running, success: false }, false],
    ["github.ref == 'refs/heads/main'", { ...running, success: false }, false],
    ["always()", { success: false, failure: false, cancelled: true }, true],
    ["!cancelled()", { success: false, failure: true, cancelled: false }, true],
    ["'success()' == 'success()'", { ...running, success: false }, false],
    ["github.event.n", running, true],
    ["'0'", running, true],
    ["0", running, false],
    ["null", running, false],
  ])("if: %j with %j", (condition, status, expected) => {
    expect(expressions.condition(condition, { ...scope, status: status as typeof running })).toBe(
      expected,
    );
  });

  test("a context that is not given is unknown, not null", () => {
    expect(() => expressions.value({ expression: "secrets.KEY" }, scope)).toThrow("secrets");
    expect(expressions.fault("secrets.KEY == ''", ["github"])).toContain("secrets");
    expect(expressions.fault("github.ref == '", ["github"])).toBeDefined();
    expect(expressions.fault("success() && github.ref", ["github"])).toBeUndefined();
  });

  test("any JSON value comes back from a context as it went in", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const there = JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto"));
        fc.pre(hasUniqueKeys(there));
        const back = expressions.value({ expression: "x.v" }, { contexts: { x: { v: there } } });
        expect(back).toEqual(there);
        const text = expressions.text(
          { expression: "fromJSON(toJSON(x.v)) == x.v || 1" },
          { contexts: { x: { v: there } } },
        );
        expect(["true", "1"]).toContain(text);
      }),
    );
  });

  test("canary: the lexer still unescapes only one quote; remove tokensOf once this fails", () => {
    const [token] = new language.expressions.Lexer("'a ''b'' c'").lex().tokens;
    expect(token?.value).toBe("a 'b'' c");
  });
});

/** Keys of expression dictionaries are compared without case. */
function hasUniqueKeys(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return true;
  }
  const keys = Object.keys(value).map((key) => key.toLowerCase());
  return new Set(keys).size === keys.length && Object.values(value).every(hasUniqueKeys);
}

describe("the overlay", () => {
  const job = "{ runs-on: x, steps: [{ run: echo }] }";

  test.each([...KEYS_UNKNOWN_TO_PARSER])(
    "canary: the parser does not know '%s' yet; remove it from the overlay once this fails",
    (key) => {
      const { workflow } = language;
      const parsed = workflow.parseWorkflow(
        { name: "x.yml", content: `on: push\n${key}: none\njobs: { a: ${job} }\n` },
        new workflow.NoOperationTraceWriter(),
      );
      expect(parsed.context.errors.getErrors().map((error) => error.message)).toEqual([
        `x.yml (Line: 2, Col: 1): Unexpected value '${key}'`,
      ]);
    },
  );

  test.each([
    [
      "block",
      `on: push\ncache-mode: none # why\njobs:\n  a:\n    cache-mode: read\n    runs-on: x\n`,
    ],
    [
      "flow",
      `on: push\ncache-mode: none\njobs: { a: { cache-mode: read, runs-on: x }, b: { runs-on: x, cache-mode: "write" } }\n`,
    ],
  ])("blanks the keys of a %s mapping and keeps every line and column", (_, content) => {
    const overlay = applyOverlay("x.yml", content);
    expect(overlay.errors).toEqual([]);
    expect(overlay.workflowCacheMode).toBe("none");
    expect(overlay.jobCacheModes.get("a")).toBe("read");
    expect(overlay.content).not.toContain("cache-mode");
    expect(overlay.content).toHaveLength(content.length);
    expect(overlay.content.split("\n")).toHaveLength(content.split("\n").length);
    expect(overlay.content.indexOf("runs-on")).toBe(content.indexOf("runs-on"));
  });

  test("leaves other places and files that are no YAML alone", () => {
    const text = `on: push\nenv: { cache-mode: x }\njobs: { cache-mode: ${job} }\n`;
    expect(applyOverlay("x.yml", text)).toMatchObject({ content: text, errors: [] });
    expect(applyOverlay("x.yml", "a: [").content).toBe("a: [");
  });

  test.each([
    [undefined, undefined, undefined],
    ["write", undefined, "write"],
    [undefined, "read", "read"],
    ["write", "read", "read"],
    ["write-only", "read", "none"],
    ["none", "write", "none"],
    ["write-only", "write", "write-only"],
  ] as const)("asked %s under %s is %s", (asked, granted, expected) => {
    expect(narrowCacheMode(asked, granted)).toBe(expected);
  });
});

describe("filter patterns", () => {
  test.each<[string, string[], boolean]>([
    ["main", ["main"], true],
    ["maintain", ["main"], false],
    ["feature/a", ["*"], false],
    ["feature/a", ["**"], true],
    ["feature/a/b", ["feature/*"], false],
    ["feature/a/b", ["feature/**"], true],
    ["docs/a/b.md", ["docs/**/*.md"], true],
    ["docs/b.md", ["docs/**/*.md"], true],
    ["docs.md", ["**/docs.md"], true],
    ["page.jsx", ["*.jsx?"], true],
    ["page.js", ["*.jsx?"], true],
    ["v10", ["v[12][0-9]+"], true],
    ["v1.0", ["v1.0"], true],
    ["v1x0", ["v1.0"], false],
    ["a+b", ["a\\+b"], true],
    ["a(b)", ["a(b)"], true],
    ["releases/10", ["releases/**", "!releases/**-alpha"], true],
    ["releases/beta/3-alpha", ["releases/**", "!releases/**-alpha"], false],
    ["a.md", ["**.md", "!a.md", "a.*"], true],
    ["x", ["?x"], false],
    ["+", ["+"], true],
  ])("%s with %j", (value, patterns, expected) => {
    expect(matchesPatterns(value, patterns)).toBe(expected);
  });

  test("every text matches itself once escaped, and no pattern throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, pattern) => {
        const escaped = value.replace(/[*?+[\]\\!]/g, "\\$&");
        expect(matchesPatterns(value, [escaped])).toBe(true);
        expect(typeof matchesPatterns(value, [pattern])).toBe("boolean");
      }),
    );
  });
});

describe("a matrix", () => {
  // The example of GitHub's documentation of `include`.
  test("extends cells that include does not change and adds the rest", () => {
    const cells = expandMatrix({
      fruit: ["apple", "pear"],
      animal: ["cat", "dog"],
      include: [
        { color: "green" },
        { color: "pink", animal: "cat" },
        { fruit: "apple", shape: "circle" },
        { fruit: "banana" },
        { fruit: "banana", animal: "cat" },
      ],
    });
    expect(cells).toEqual([
      { fruit: "apple", animal: "cat", color: "pink", shape: "circle" },
      { fruit: "apple", animal: "dog", color: "green", shape: "circle" },
      { fruit: "pear", animal: "cat", color: "pink" },
      { fruit: "pear", animal: "dog", color: "green" },
      { fruit: "banana" },
      { fruit: "banana", animal: "cat" },
    ]);
    expect(cells.map((cell) => matrixSuffix(cell))[0]).toBe(" (apple, cat, pink, circle)");
  });

  test.each<[unknown, string]>([
    [[1], "must be a mapping"],
    [{ a: 1 }, "matrix 'a' must be a list"],
    [{ a: [] }, "does not contain any values"],
    [{ a: [1], exclude: { a: 1 } }, "matrix 'exclude' must be a list"],
    [
      { a: Array.from({ length: 257 }, (_, index) => index) },
      "the matrix makes 257 jobs, the limit is 256",
    ],
  ])("%j is refused", (matrix, sentence) => {
    expect(() => expandMatrix(matrix)).toThrow(sentence);
  });

  test("no matrix is one cell", () => {
    expect(expandMatrix(null)).toEqual([{}]);
    expect(matrixSuffix({})).toBe("");
  });
});
