import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { refuseOtherSource } from "../../../../src/cli/init/vendor/refuse-vendor.ts";
import {
  callCopy,
  copiesCalledBy,
  copiesOf,
  originalOf,
  pinsIn,
} from "../../../../src/cli/init/vendor/vendor.ts";
import { root } from "../../../repository/bundles.ts";
import { git } from "../../git.ts";
import { typed } from "../../typed.ts";

const [OLD, NEW] = ["a".repeat(40), "b".repeat(40)];
const PIN = { repository: "tools/millwright", ref: OLD };
const folder = join(root, ".github/workflows");
const WORKFLOWS = Object.fromEntries(
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
);

describe("the copies of this version's workflows", () => {
  const copies = copiesOf(WORKFLOWS, PIN);
  const paths = copies.map(({ path }) => path);

  test("are all that the factory calls, each once, those that are called first", () => {
    expect(paths).toContain(".github/workflows/millwright-factory.yml");
    expect(paths).toContain(".github/workflows/millwright-implement.yml");
    expect(paths).not.toContain(".github/workflows/millwright-ci.yml");
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.at(-1)).toBe(".github/workflows/millwright-factory.yml");
  });

  test.each(copies.map((copy) => [copy.path, copy.text] as const))(
    "%s calls copies alone, and the actions at the commit",
    (path, text) => {
      expect(text).not.toMatch(/\$\/|OWNER\/millwright/);
      expect(copiesCalledBy(text).filter((called) => !paths.includes(called))).toEqual([]);
      for (const pin of pinsIn(text)) expect(pin).toEqual(PIN);
      const original = WORKFLOWS[originalOf(path) ?? ""] ?? "";
      const flat = (yaml: string) => JSON.stringify(parse(yaml)).replace(/"uses":"[^"]*"/g, "");
      expect(flat(text)).toBe(flat(original));
    },
  );

  test("are eleven, in five levels with their caller, as the page about servers says", () => {
    const calls = new Map(copies.map(({ path, text }) => [path, copiesCalledBy(text)]));
    const depth = (path: string): number =>
      1 + Math.max(0, ...(calls.get(path) ?? []).map((called) => depth(called)));
    expect(copies).toHaveLength(11);
    expect(1 + depth(".github/workflows/millwright-factory.yml")).toBe(5);
    const page = readFileSync(join(root, "docs/how-to/use-github-enterprise-server.md"), "utf8");
    expect(page).toContain("five levels of workflows that call each other, eleven workflows");
  });

  test("a workflow that is called and not there is an error, not a copy that cannot start", () => {
    const text = "jobs:\n  x:\n    uses: $/.github/workflows/gone.yml\n";
    expect(() => copiesOf({ "factory.yml": text }, PIN)).toThrow("gone.yml is called");
  });

  test("the caller calls the copy", () => {
    const template = readFileSync(join(root, "workflow-templates/factory.yml"), "utf8");
    const { jobs } = parse(callCopy(template));
    expect(jobs.factory.uses).toBe("./.github/workflows/millwright-factory.yml");
  });
});

function repository(files: Readonly<Record<string, string>> = {}): string {
  const place = mkdtempSync(join(tmpdir(), "millwright-vendor-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  git("init", "--quiet", "--initial-branch=main", place);
  for (const [path, text] of Object.entries({ "a.txt": "a\n", ...files })) {
    mkdirSync(join(place, path, ".."), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  git("-C", place, "add", "-A");
  git("-C", place, "commit", "--quiet", "-m", "Begin");
  return place;
}

const statusOf = (place: string) => git("-C", place, "status", "--porcelain");
const init = (place: string, ...words: readonly string[]) =>
  typed(["init", "--repo", place, "--yes", "--no-try", ...words]);
const vendor = (place: string, commit = OLD) =>
  init(place, "--vendor", "--uses", `tools/millwright@${commit}`);
const workflow = (place: string, name: string) =>
  readFileSync(join(place, ".github/workflows", name), "utf8");

describe("init --vendor", () => {
  test("writes the copies, again nothing, and uninstall leaves the tree as it was", async () => {
    const place = repository();
    using first = await vendor(place);
    expect(first.code).toBe(0);
    expect(workflow(place, "factory.yml")).toContain("uses: ./.github/workflows/millwright-");
    expect(workflow(place, "millwright-line.yml")).toContain(
      `uses: tools/millwright/actions/control@${OLD}`,
    );
    using again = await vendor(place);
    expect(again.stdout).toContain("Everything is there; nothing was changed.");
    using plain = await init(place);
    expect(plain.stdout).toContain("Everything is there; nothing was changed.");
    using gone = await typed(["uninstall", "--repo", place, "--json"]);
    expect(gone.code).toBe(0);
    expect(statusOf(place)).toBe("");
  });

  test("upgrade moves every copy, with the lines of a person", async () => {
    const place = repository();
    using _first = await vendor(place);
    git("-C", place, "add", "-A");
    git("-C", place, "commit", "--quiet", "-m", "Add the factory");
    const line = join(place, ".github/workflows/millwright-line.yml");
    writeFileSync(line, `${readFileSync(line, "utf8")}# ours\n`);
    git("-C", place, "commit", "--quiet", "-a", "-m", "Say whose it is");
    const words = ["upgrade", "--repo", place, "--uses"];
    using done = await typed([...words, `tools/millwright@${NEW}`]);
    expect(done.code).toBe(0);
    expect(done.stdout).toContain("millwright-line.yml  to this version, with your lines");
    const all = readdirSync(join(place, ".github/workflows")).map((name) => workflow(place, name));
    expect(all.join("\n")).not.toContain(OLD);
    expect(readFileSync(line, "utf8")).toMatch(/# ours\n$/);
    using refused = await typed([...words, "tools/millwright@v1"]);
    expect(refused.stderr).toContain("tools/millwright@v1 names none");
  });

  test("upgrade does not move copies to another repository without a word", () => {
    const record = {
      version: 1,
      by: `tools/millwright@${OLD}`,
      complete: true,
      files: { ".github/workflows/millwright-line.yml": OLD },
    } as const;
    const other = { repository: "OWNER/millwright", ref: NEW };
    expect(() => refuseOtherSource(other, record)).toThrow("add --uses tools/millwright@COMMIT");
    refuseOtherSource({ ...PIN, ref: NEW }, record);
    refuseOtherSource(other, { ...record, files: {} });
  });

  test("upgrade writes a workflow that the version before did not call", async () => {
    const place = repository();
    using _first = await vendor(place);
    const record = join(place, ".github/factory.init.json");
    const { files, ...rest } = JSON.parse(readFileSync(record, "utf8"));
    delete files[".github/workflows/millwright-unblock.yml"];
    writeFileSync(record, JSON.stringify({ ...rest, files }));
    rmSync(join(place, ".github/workflows/millwright-unblock.yml"));
    using done = await typed(["upgrade", "--repo", place, "--uses", `tools/millwright@${NEW}`]);
    expect(done.stdout).toContain("millwright-unblock.yml  new in this version");
    expect(workflow(place, "millwright-unblock.yml")).toContain(NEW);
  });

  test("doctor knows the copies and where their actions come from", async () => {
    const place = repository();
    using _first = await vendor(place);
    using found = await typed(["doctor", "--repo", place, "--json"]);
    const findings: { about: string; state: string; found: string }[] = JSON.parse(
      found.stdout,
    ).findings;
    const of = (about: string) => findings.find((one) => one.about.startsWith(about));
    expect(of("copied workflows")?.found).toContain(`all of tools/millwright@${OLD}`);
    expect(of("permissions of factory.yml")?.state).toBe("good");
    expect(findings.filter(({ about }) => about.startsWith("permissions of"))).toHaveLength(1);
    using reach = await typed(["blast-radius", "--repo", place, "--json"]);
    expect(JSON.parse(reach.stdout)).toMatchObject({ ok: true });
  });

  test.each([
    ["a tag", {}, ["--uses", "tools/millwright@v1"], "names none: add --uses OWNER/NAME@COMMIT"],
    [
      "a workflow of that name",
      { ".github/workflows/factory.yml": "mine\n" },
      ["--uses", `tools/millwright@${OLD}`],
      "factory.yml is there and calls no copy",
    ],
  ])(
    "%s is refused before a check is tried or anything is written",
    async (_title, files, words, said) => {
      const place = repository(files);
      using refused = await typed(["init", "--repo", place, "--yes", "--vendor", ...words]);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(said);
      expect(refused.stdout + refused.stderr).not.toContain("runs once on the base");
      expect(statusOf(place)).toBe("");
    },
  );
});
