import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../bundles.ts";

const IMPORTS_IT = /import \{[^}]*\bit\b[^}]*\} from "vitest"/;
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A repository of its own with these files, all committed. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-house-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  for (const words of [
    ["init", "-q"],
    ["add", "."],
    [...identity, "commit", "-q", "-m", "All"],
  ]) {
    spawnSync("git", words, { cwd: folder });
  }
  return folder;
}

describe("notes for the changelog", () => {
  const kinds = [
    ...readFileSync(join(root, "towncrier.toml"), "utf8").matchAll(/^directory = "([a-z]+)"$/gm),
  ]
    .map(([, kind = ""]) => kind)
    .filter((kind) => kind !== "changes");
  const isNote = (name: string) =>
    new RegExp(`^(?:\\d+|\\+[a-z-]+)\\.(?:${kinds.join("|")})\\.md$`).test(name);

  test("are of a kind that the changelog has, and say something", () => {
    const notes = readdirSync(join(root, "changes")).filter((name) => name !== "README.md");
    expect(notes.filter((name) => !isNote(name))).toEqual([]);
    for (const name of notes)
      expect(readFileSync(join(root, "changes", name), "utf8").trim()).toMatch(/\.$/);
  });

  test("canaries", () => {
    expect(kinds).toHaveLength(5);
    expect(["5.added.md", "+line.fixed.md"].filter(isNote)).toHaveLength(2);
    expect(["5.misc.md", "added.md", "5.added.txt"].filter(isNote)).toEqual([]);
  });

  test("the page about them names every kind", () => {
    const page = readFileSync(join(root, "changes/README.md"), "utf8");
    for (const kind of kinds) expect(page).toContain(`| \`${kind}\` |`);
  });
});

describe("issue forms", () => {
  interface Field {
    readonly type: string;
    readonly id?: string;
    readonly attributes?: { readonly label?: string; readonly options?: readonly unknown[] };
  }
  interface Form {
    readonly name?: string;
    readonly description?: string;
    readonly body?: readonly Field[];
  }
  const KEYS = ["name", "description", "title", "labels", "assignees", "projects", "type", "body"];
  const TYPES = ["markdown", "textarea", "input", "dropdown", "checkboxes"];

  /** What GitHub would refuse a form for. Source: docs.github.com, "Syntax for issue forms" and "for GitHub's form schema". */
  function formFaults(form: Form): readonly string[] {
    const body = form.body ?? [];
    const ids = body.flatMap(({ id }) => id ?? []);
    return [
      ...(form.name && form.description ? [] : ["it needs a name and a description"]),
      ...Object.keys(form).filter((key) => !KEYS.includes(key)),
      ...body.filter(({ type }) => !TYPES.includes(type)).map(({ type }) => `no type ${type}`),
      ...(body.some(({ type }) => type !== "markdown") ? [] : ["nothing to fill in"]),
      ...(new Set(ids).size === ids.length ? [] : ["an id twice"]),
      ...body
        .filter(({ type, attributes }) => type !== "markdown" && !attributes?.label)
        .map(({ type }) => `a ${type} without a label`),
      ...body
        .filter(
          ({ type, attributes }) => type === "dropdown" && (attributes?.options?.length ?? 0) === 0,
        )
        .map(() => "nothing to choose"),
    ];
  }

  const folder = join(root, ".github/ISSUE_TEMPLATE");
  const read = (name: string): unknown => parse(readFileSync(join(folder, name), "utf8"));

  test.each(readdirSync(folder).filter((name) => name !== "config.yml"))("%s", (name) => {
    expect(formFaults(read(name) as Form)).toEqual([]);
  });

  test("security goes to the private form, blank issues to nowhere", () => {
    const config = read("config.yml") as { contact_links: readonly { url: string }[] };
    expect(config).toMatchObject({ blank_issues_enabled: false });
    expect(config.contact_links.map(({ url }) => url)).toContain(
      "https://github.com/OWNER/millwright/security/advisories/new",
    );
  });

  test.each([
    [{ name: "a", description: "b" }, "nothing to fill in"],
    [{ name: "a", description: "b", body: [{ type: "text" }] }, "no type text"],
    [{ name: "a", description: "b", body: [{ type: "input", attributes: {} }] }, "without a label"],
    [{ body: [] }, "needs a name"],
  ])("canary: %j", (form, fault) => {
    expect(formFaults(form as Form).join()).toContain(fault);
  });
});

describe("a release", () => {
  const files = {
    "package.json": '{\n  "version": "1.2.3",\n  "private": true\n}\n',
    "changes/README.md": "# Notes\n",
    "workflow-templates/factory.yml":
      "jobs:\n  factory:\n    uses: acme/millwright/.github/workflows/factory.yml@v0\n",
    "CHANGELOG.md":
      "# Changelog\n\n## 1.2.3 (2026-01-01)\n\n- New.\n\n## 1.2.2 (2025-01-01)\n\n- Old.\n",
  };
  function prepare(
    changed: Readonly<Record<string, string>>,
    words: readonly string[],
    here = "Acme/millwright",
  ) {
    const folder = repository({ ...files, ...changed });
    mkdirSync(join(folder, ".ci"));
    cpSync(join(root, ".ci/prepare-release"), join(folder, ".ci/prepare-release"));
    const ran = spawnSync("bash", [".ci/prepare-release", ...words, "main", "out"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GITHUB_REPOSITORY: here },
    });
    return { ...ran, folder };
  }

  test("is the committed tree, with the notes of this version alone", () => {
    const { status, stderr, folder } = prepare({}, ["1.2.3", "refs/heads/main"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "out/notes.md"), "utf8").trim()).toBe("- New.");
    expect(existsSync(join(folder, "out/millwright-v1.2.3.tgz"))).toBe(true);
  });

  test.each([
    [{}, ["1.2", "refs/heads/main"], "expected X.Y.Z"],
    [{}, ["1.2.3$(id)", "refs/heads/main"], "expected X.Y.Z"],
    [{}, ["1.2.3", "refs/heads/other"], "start this workflow on main"],
    [{}, ["1.2.4", "refs/heads/main"], "package.json says 1.2.3"],
    [{ "changes/1.added.md": "New.\n" }, ["1.2.3", "refs/heads/main"], "notes are left"],
    [{ "CHANGELOG.md": "# Changelog\n" }, ["1.2.3", "refs/heads/main"], "nothing under ## 1.2.3"],
  ])("canary: %j, %j is refused", (changed, words, says) => {
    const { status, stderr } = prepare(changed, words);
    expect(status).toBe(1);
    expect(stderr).toContain(says);
  });

  test("canary: a repository that its templates do not call is refused, with what mends it", () => {
    const { status, stderr } = prepare({}, ["1.2.3", "refs/heads/main"], "grace/millwright");
    expect(status).toBe(1);
    expect(stderr).toContain("npm run own -- grace");
  });

  test("no job that can write checks out or runs code of this repository", () => {
    const { jobs } = parse(readFileSync(join(root, ".github/workflows/release.yml"), "utf8")) as {
      jobs: Record<
        string,
        { permissions: Record<string, string>; steps: readonly { uses?: string; run?: string }[] }
      >;
    };
    const writing = Object.values(jobs).filter(({ permissions }) =>
      Object.values(permissions).includes("write"),
    );
    expect(writing).toHaveLength(3);
    for (const { steps } of writing) {
      expect(JSON.stringify(steps)).not.toMatch(/checkout|\$\/|\.ci\/|npm|node |bash /);
    }
  });
});

test("CODEOWNERS names places that exist", () => {
  const lines = readFileSync(join(root, ".github/CODEOWNERS"), "utf8").split("\n");
  const paths = lines
    .filter((line) => line.startsWith("/"))
    .map((line) => line.split(" ")[0] ?? "");
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("every test is called test", () => {
  const named = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .filter((path) => IMPORTS_IT.test(readFileSync(join(root, "test", path), "utf8")));
  expect(named).toEqual([]);
  // In two parts, so that this file is no finding itself.
  expect(`import { describe, it } from ${'"vitest"'};`).toMatch(IMPORTS_IT);
});
