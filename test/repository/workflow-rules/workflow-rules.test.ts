import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ruledFiles } from "../workflow-files.ts";
import { readDocument } from "./document.ts";
import { NAMED_RULES } from "./named-rules.ts";
import { examine, type Finding } from "./rule.ts";
import { RULES } from "./rules.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
/** A fixture's lines that must be found end in this, before the backslash that continues them if there is one. */
const MARK = / # <-( \\)?$/;

interface Sample {
  readonly kind: string;
  readonly path: string;
  readonly text: string;
  readonly marked: readonly number[];
}

/** A fixture is a file of samples, each below a line `--- # fires as PATH` or `--- # quiet as PATH`. */
function samplesOf(rule: string): readonly Sample[] {
  const whole = readFileSync(join(FIXTURES, `${rule}.yml`), "utf8");
  return whole
    .split(/^--- # /m)
    .slice(1)
    .map((part) => {
      const [head = "", ...lines] = part.split("\n");
      const [kind = "", path = ""] = head.split(" as ");
      const marked = lines.flatMap((line, index) => (MARK.test(line) ? [index + 1] : []));
      return { kind, path, text: lines.map((line) => line.replace(MARK, "$1")).join("\n"), marked };
    });
}

function written(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ rule, path, line, message, instead }) =>
      `${path}:${line} ${rule}: ${message}. Write instead: ${instead}`,
  );
}

describe("what this project ships and runs", () => {
  const files = ruledFiles();

  test("all kinds of files are looked at", () => {
    const kinds = files.map(({ path, text }) => readDocument(path, text).kind);
    expect(kinds.filter((kind) => kind === "workflow").length).toBeGreaterThan(9);
    expect(kinds.filter((kind) => kind === "action").length).toBeGreaterThan(7);
    expect(kinds).toContain("dependabot");
    expect(kinds.filter((kind) => kind === "script").length).toBeGreaterThan(1);
  });

  test.each(files.map((file) => [file.path, file.text] as const))(
    "%s breaks no rule",
    (path, text) => {
      const document = readDocument(path, text);
      expect(written(RULES.flatMap((rule) => examine(rule, document)))).toEqual([]);
    },
  );
});

describe("each rule", () => {
  test.each(RULES.map((rule) => [rule.name, rule] as const))(
    "%s finds the marked lines of its fixture, and nothing in the near misses",
    (name, rule) => {
      const samples = samplesOf(name);
      expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(["fires", "quiet"]));
      for (const { kind, path, text, marked } of samples) {
        const found = examine(rule, readDocument(path, text));
        expect(new Set(found.map(({ line }) => line)), text).toEqual(new Set(marked));
        expect(marked.length > 0, `${path} is marked where it ${kind}`).toBe(kind === "fires");
        for (const { message, instead } of found) {
          expect(message.length * instead.length).toBeGreaterThan(0);
        }
      }
    },
  );

  test("names are unique and every fixture has its rule", () => {
    const names = RULES.map(({ name }) => name).sort();
    expect(new Set(names).size).toBe(names.length);
    expect(readdirSync(FIXTURES).sort()).toEqual(names.map((name) => `${name}.yml`));
  });

  test.each([
    ["more than one document", "a: 1\n---\nb: 1\n"],
    ["an error", "a: [1\n"],
    ["a key twice", "a: 1\na: 2\n"],
  ])("YAML with %s is refused, not passed over", (_, text) => {
    expect(() => readDocument(".github/workflows/x.yml", text)).toThrow(".github/workflows/x.yml");
  });
});

describe("the rules that others have named", () => {
  const entries = Object.entries(NAMED_RULES).flatMap(([tool, named]) =>
    Object.entries(named).map(([name, coverage]) => ({ id: `${tool}: ${name}`, coverage })),
  );

  test("are all there: as many as each tool documents", () => {
    const counts = Object.entries(NAMED_RULES).map(([tool, named]) => [
      tool,
      Object.keys(named).length,
    ]);
    expect(Object.fromEntries(counts)).toEqual({
      zizmor: 41,
      poutine: 13,
      octoscan: 17,
      catalogue: 15,
    });
  });

  test.each(entries.map(({ id, coverage }) => [id, coverage] as const))(
    "%s is kept by rules that exist, or has a reason why not",
    (_, coverage) => {
      if ("because" in coverage) expect(coverage.because).toMatch(/.{20,}/);
      else {
        expect(coverage.by.length).toBeGreaterThan(0);
        expect(RULES.map(({ name }) => name)).toEqual(expect.arrayContaining([...coverage.by]));
      }
    },
  );

  test("and no rule of ours is without one", () => {
    const named = entries.flatMap(({ coverage }) => ("by" in coverage ? coverage.by : []));
    expect(RULES.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
  });
});
