import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../../src/cli/command-line.ts";
import { createProgram } from "../../../src/cli/program.ts";
import { holdOutput } from "../../held-output.ts";
import { keptCompiled } from "../../start-cost.ts";
import { root } from "../bundles.ts";
import { codesOf, lineOf, nodesOf, type Page, pageOf, pages, wordsOf } from "./markdown.ts";
import { type OptionTable, optionTables } from "./option-tables.ts";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

const program = createProgram({
  millwright: root,
  environment: {},
  parts: {},
  placeOf: () => root,
  write: () => undefined,
  say: () => undefined,
  end: () => undefined,
});

/** Options that a command takes beyond its table: what every one of them answers. */
const ALWAYS = ["help"];

function tableOf(name: string): OptionTable | undefined {
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) return undefined;
  const options = command.options.map(({ long = "" }) => long.replace(/^--/, ""));
  return { place: name, options, negative: false };
}

/** Lines of shell that a reader may type: fences, and code in running text that begins like a command. */
function linesOf(page: Page): readonly { readonly line: number; readonly text: string }[] {
  const fences = codesOf(page)
    .filter(({ lang }) => lang === null || lang === undefined || lang === "sh")
    .flatMap((code) =>
      code.value.split("\n").map((text, index) => ({ line: lineOf(code) + 1 + index, text })),
    );
  const spans = nodesOf(page.tree)
    .filter(({ type }) => type === "inlineCode")
    .map((node) => ({ line: lineOf(node), text: wordsOf(node) }));
  return [...fences, ...spans];
}

const CALL =
  /(?:^|&& |\bcd \S+ && |env \S+ )(?:\w+=\S+ )*(?:(?:npm run(?: --silent)? (?<script>[a-z][\w:-]*)|npm (?<short>test)\b)|node (?<file>scripts\/[\w-]+\.mjs|test\/[\w/-]+\.ts|src\/[\w/-]+\.ts)|(?<bare>millwright)(?= [a-z-]))(?<rest>[^&|#\n]*)/g;

/** What cannot be typed as it stands: a script, file, command or option that does not exist. */
function commandFaults(page: Page): readonly string[] {
  return linesOf(page).flatMap(({ line, text }) =>
    [...text.matchAll(CALL)].flatMap((match) =>
      faultsOfCall(match.groups ?? {}).map(
        (fault) => `${page.path}:${line}: ${match[0].trim()}: ${fault}`,
      ),
    ),
  );
}

function faultsOfCall(call: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { script, short, file, bare, rest = "" } = call;
  if (bare !== undefined) return faultsOfMillwright(rest);
  if (file !== undefined) return faultsOfFile(file, rest);
  const name = script ?? short ?? "";
  const target = scripts[name];
  if (target === undefined) return [`package.json has no script ${name}`];
  const [own = "", given = ""] = rest.split(" -- ", 2);
  const loose = flagsIn(own).filter((flag) => flag !== "--");
  if (loose.length > 0) return [`npm takes ${loose.join(" ")} for itself: write -- before it`];
  const started =
    /node (src\/cli\/main\.ts|test\/[\w/-]+\.ts|scripts\/(?!require-node)[\w-]+\.mjs)( [a-z]+)?/.exec(
      target,
    );
  if (started === null) return [];
  return started[1] === "src/cli/main.ts"
    ? faultsOfMillwright(`${started[2]} ${given}`)
    : faultsOfFile(started[1] ?? "", given);
}

function faultsOfMillwright(words: string): readonly string[] {
  const [command = "", ...rest] = words.trim().split(/\s+/);
  if (command.startsWith("-") || command === "COMMAND") return [];
  const table = tableOf(command);
  if (table === undefined) return [`millwright has no command ${command}`];
  return unknownFlags(flagsIn(rest.join(" ")), table);
}

function faultsOfFile(file: string, rest: string): readonly string[] {
  if (!existsSync(join(root, file))) return ["there is no such file"];
  if (file === "scripts/millwright.mjs" || file === "src/cli/main.ts")
    return faultsOfMillwright(rest);
  const tables = optionTables(file);
  const text = readFileSync(join(root, file), "utf8");
  return flagsIn(rest)
    .filter(
      (flag) =>
        tables.every((table) => unknownFlags([flag], table).length > 0) &&
        !text.includes(`"${flag}"`),
    )
    .map((flag) => `it has no option ${flag}`);
}

function unknownFlags(flags: readonly string[], table: OptionTable): readonly string[] {
  return flags
    .map((flag) => flag.replace(/^--/, ""))
    .filter((name) => {
      const plain = table.negative ? name.replace(/^no-/, "") : name;
      return ![...table.options, ...ALWAYS].includes(plain);
    })
    .map((name) => `it has no option --${name}`);
}

function flagsIn(words: string): readonly string[] {
  return [...words.matchAll(/(?<=^|[\s[])--[a-z][a-z-]*/g)].map(([flag]) => flag);
}

const all = pages();

describe("what a reader may type", () => {
  test("there is enough of it", () => {
    const calls = all.flatMap(linesOf).flatMap(({ text }) => [...text.matchAll(CALL)]);
    expect(calls.length).toBeGreaterThan(60);
  });

  test.each(all.map((page) => [page.path, page] as const))("%s", (_, page) => {
    expect(commandFaults(page)).toEqual([]);
  });

  test.each([
    ["`npm run dmeo`", "package.json has no script dmeo"],
    ["`npm run demo -- --scirpt x.yml`", "it has no option --scirpt"],
    ["`npm run demo --json`", "npm takes --json for itself"],
    ["```\nnpm ci && npm run rehearse -- --no-as-ower\n```", "it has no option --no-as-ower"],
    ["`millwright prpose`", "millwright has no command prpose"],
    ["`node scripts/millwright.mjs workflows --rpo .`", "it has no option --rpo"],
    ["`node scripts/missing.mjs`", "there is no such file"],
    ["`npm run redteam -- --famly OUT`", "it has no option --famly"],
    ["`node scripts/build.mjs --chek`", "it has no option --chek"],
  ])("canary: %s", (text, fault) => {
    expect(commandFaults(pageOf("CANARY.md", text)).join()).toContain(fault);
  });

  test.each([
    ["`npm run rehearse -- --repo . --issue a.md --no-as-owner`"],
    ["`TMPDIR=/dev/shm npm run bench -- --json`"],
    ["`npm run document -- --check`"],
    ["`npm test`"],
  ])("nothing is wrong with %s", (text) => {
    expect(commandFaults(pageOf("CANARY.md", text))).toEqual([]);
  });
});

interface Ending {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How scripts end that are called with these words, in a process beside this one. */
function endingsOf(calls: readonly (readonly string[])[]): readonly Ending[] {
  const play = fileURLToPath(new URL("call-scripts.play.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [play], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...keptCompiled() },
    input: JSON.stringify(calls),
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as readonly Ending[];
}

describe("what is cheap is really run", () => {
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, words, {
      cwd: root,
      encoding: "utf8",
      env: { PATH: process.env.PATH, ...keptCompiled() },
    });

  test.each([
    [["--help"], "Usage: millwright"],
    [["rehearse", "--help"], "Usage: millwright rehearse"],
    [["workflows", "--repo", join(root, "src/twin/example")], "in .github/workflows, with"],
  ])("millwright %j", async (words, says) => {
    const held = holdOutput();
    const code = await runCommandLine(words).finally(held.release);
    expect({ code, stderr: held.stderr() }).toEqual({ code: 0, stderr: "" });
    expect(held.stdout()).toContain(says);
  });

  test.each([
    [["src/cli/main.ts", "--help"], 0, "Usage: millwright"],
    [["test/redteam/main.ts", "--list"], 0, "GIT-02a"],
  ] as const)("node %s", (words, status, says) => {
    const ran = run(...words);
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toContain(says);
    expect(ran.status).toBe(status);
  });

  /** All but those that take no words: npm starts them, or they hand the words on. */
  const named = readdirSync(join(root, "scripts"))
    .filter(
      (name) =>
        name.endsWith(".mjs") &&
        !["arguments.mjs", "millwright.mjs", "prepare.mjs", "require-node.mjs"].includes(name),
    )
    .map((name) => `scripts/${name}`);
  const refused = [
    ["replay-fix.mjs", [], "--repo PATH, --fix COMMIT and --out FOLDER are needed"],
    ["known-names.mjs", [], "missing required argument 'folder'"],
    ["quality.mjs", ["--measure"], "--measure needs an area"],
    ["mutation.mjs", ["--sample", "200"], "--sample takes a number of percent"],
    ["adopt.mjs", ["--only", "cobol"], "--only: there is no cobol; the examples are "],
    ["adopt.mjs", ["--minutes"], "option '--minutes <number>' argument missing"],
    ["build.mjs", ["--chek"], "(Did you mean --check?)"],
    ["build.mjs", ["everything"], "too many arguments"],
  ] as const;

  const ended = new Map<string, Ending>();
  beforeAll(() => {
    const calls = [
      ...named.flatMap((script) => [
        [script, "--bad-option"],
        [script, "--help"],
      ]),
      ...refused.map(([name, words]) => [`scripts/${name}`, ...words]),
    ];
    for (const [index, ending] of endingsOf(calls).entries())
      ended.set(JSON.stringify(calls[index]), ending);
  });
  const endingOf = (...words: readonly string[]) => ended.get(JSON.stringify(words));

  test.each(named)("%s answers a wrong option and asks for help", (script) => {
    const wrong = endingOf(script, "--bad-option");
    expect(wrong).toMatchObject({ status: 2, stdout: "" });
    expect(wrong?.stderr).toMatch(
      /^[a-z].*: unknown option '--bad-option'\nTry `(npm run|node) .* --help`\.\n$/,
    );
    const helped = endingOf(script, "--help");
    expect(helped).toMatchObject({ status: 0, stderr: "" });
    expect(helped?.stdout).toMatch(/^Usage: .*\n\n[A-Z]/);
  });

  test.each(refused)("scripts/%s %s: %s", (name, words, says) => {
    const ran = endingOf(`scripts/${name}`, ...words);
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran?.stderr).toContain(says);
    expect(ran?.stderr).not.toMatch(/\n\s+at |node:internal/);
  });

  test.each(["--bad-option", "--help"])("a script ends alone as it does there: %s", (option) => {
    const script = "scripts/replay-fix.mjs";
    const { status, stdout, stderr } = run(script, option);
    expect({ status, stdout, stderr }).toEqual(endingOf(script, option));
  });
});
