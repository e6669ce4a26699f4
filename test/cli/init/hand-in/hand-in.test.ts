import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { git } from "../../git.ts";
import { typed } from "../../typed.ts";

const FILES = [
  ".github/ISSUE_TEMPLATE/bug.yml",
  ".github/ISSUE_TEMPLATE/contract.yml",
  ".github/ISSUE_TEMPLATE/feature.yml",
  ".github/factory.init.json",
  ".github/factory.yml",
  ".github/workflows/factory.yml",
  "AGENTS.md",
  "quality.md",
];

function folderOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `millwright-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Made once, and copied for each test.
let begun: string;
beforeAll(() => {
  begun = mkdtempSync(join(tmpdir(), "millwright-begun-"));
  git("init", "--quiet", "--initial-branch=main", begun);
  git("-C", begun, "config", "user.useConfigOnly", "true");
  writeFileSync(join(begun, "package.json"), '{"scripts":{"test":"node --test"}}\n');
  git("-C", begun, "add", "-A");
  git("-C", begun, "commit", "--quiet", "-m", "Begin");
});
afterAll(() => rmSync(begun, { recursive: true, force: true }));

/** A clone on the branch main, whose person has a name. */
function repository({ identity = true } = {}): string {
  const folder = folderOf("hand-in");
  cpSync(begun, folder, { recursive: true });
  if (!identity) return folder;
  const person = "[user]\n\tname = Ada\n\temail = ada@example.com\n";
  appendFileSync(join(folder, ".git/config"), person);
  return folder;
}

/** A remote that has main, as a clone knows it. */
function withRemote(folder: string): string {
  const remote = join(folderOf("remote"), "remote.git");
  git("clone", "--quiet", "--bare", folder, remote);
  git("-C", folder, "remote", "add", "origin", remote);
  git("-C", folder, "fetch", "--quiet", "origin");
  return remote;
}

/** A `gh` that notes its words and remembers one pull request: its commit is that of the remote's branch. */
function ghAt(remote: string, { refuses = "nothing" } = {}) {
  const folder = folderOf("gh");
  const calls = join(folder, "calls");
  writeFileSync(calls, "");
  const script = `#!/bin/sh
echo "$*" >> ${calls}
case "$1 $2" in "${refuses}") echo "HTTP 403: no" >&2; exit 1;; esac
case "$1 $2" in
  "pr list") if test -f ${folder}/open; then
    printf '[{"url":"https://github.com/o/n/pull/7","headRefOid":"%s"}]' "$(git -C ${remote} rev-parse refs/heads/millwright)"
  else printf '[]'; fi;;
  "pr create") touch ${folder}/open; echo https://github.com/o/n/pull/7;;
esac
`;
  writeFileSync(join(folder, "gh"), script);
  chmodSync(join(folder, "gh"), 0o755);
  const called = () => readFileSync(calls, "utf8").trim().split("\n").filter(Boolean);
  return { path: `${folder}:${process.env.PATH}`, called };
}

/** All of a clone that a person has: HEAD, other branches, index, files. */
function stateOf(folder: string): readonly string[] {
  return [
    readFileSync(join(folder, ".git/HEAD"), "utf8"),
    git("-C", folder, "for-each-ref"),
    git("-C", folder, "ls-files", "--stage"),
    git("-C", folder, "status", "--porcelain", "--untracked-files=all"),
  ];
}

const init = (folder: string, ...words: readonly string[]) =>
  typed(["init", "--repo", folder, "--yes", "--no-try", "--uses", "OWNER/millwright@v0", ...words]);
const handedIn = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout).handedIn;
const addedOn = (folder: string, branch: string) =>
  git("-C", folder, "diff", "--name-status", "--no-renames", "HEAD", branch).split("\n");

describe("a branch", () => {
  test("has what init writes, again nothing new, and loses it by uninstall", async () => {
    const folder = repository();
    const [head, , index, status] = stateOf(folder);
    using first = await init(folder, "--branch", "--json");
    expect(first.code).toBe(0);
    expect(addedOn(folder, "millwright")).toEqual(FILES.map((path) => `A\t${path}`));
    expect(handedIn(first)).toEqual({
      branch: "millwright",
      fate: "made",
      base: git("-C", folder, "rev-parse", "HEAD"),
      commit: git("-C", folder, "rev-parse", "millwright"),
      files: FILES.length - 1,
    });
    const after = stateOf(folder);
    expect([after[0], after[2], after[3]]).toEqual([head, index, status]);
    expect(git("-C", folder, "log", "-1", "--format=%an <%ae> %s", "millwright")).toBe(
      "Ada <ada@example.com> Add the factory",
    );
    // Also with other wishes: what stands there stays, as files do.
    using again = await init(folder, "--branch", "--first-day", "live");
    expect([again.code, again.stderr]).toEqual([0, ""]);
    expect(again.stdout).toContain("The branch millwright is there already, with 7 files");
    expect(stateOf(folder)).toEqual(after);

    git("-C", folder, "switch", "--quiet", "millwright");
    using same = await init(folder);
    expect(same.stdout).toContain("Everything is there; nothing was changed.");
    using gone = await typed(["uninstall", "--repo", folder]);
    expect(gone.code).toBe(0);
    git("-C", folder, "add", "-A");
    git("-C", folder, "commit", "--quiet", "-m", "Take it away");
    expect(git("-C", folder, "diff", "--name-only", "main", "HEAD")).toBe("");
  });

  test("mixes in nothing of what is not committed, staged or not", async () => {
    const folder = repository();
    writeFileSync(join(folder, "draft.txt"), "a draft\n");
    writeFileSync(join(folder, "staged.txt"), "a draft\n");
    git("-C", folder, "add", "staged.txt");
    writeFileSync(join(folder, "package.json"), "{}\n");
    const [head, , index, status] = stateOf(folder);
    using done = await init(folder, "--branch", "adopt/factory");
    expect([done.code, done.stderr]).toEqual([0, ""]);
    expect(addedOn(folder, "adopt/factory")).toEqual(FILES.map((path) => `A\t${path}`));
    const after = stateOf(folder);
    expect([after[0], after[2], after[3]]).toEqual([head, index, status]);
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("{}\n");
  });

  test("begins at a detached HEAD, too", async () => {
    const folder = repository();
    git("-C", folder, "switch", "--quiet", "--detach");
    using done = await init(folder, "--branch");
    expect([done.code, done.stderr]).toEqual([0, ""]);
    expect(git("-C", folder, "rev-parse", "millwright^")).toBe(
      git("-C", folder, "rev-parse", "main"),
    );
    expect(readFileSync(join(folder, ".git/HEAD"), "utf8")).not.toContain("ref:");
  });

  test("has what an earlier init wrote as files, as a person left them", async () => {
    const folder = repository();
    using _files = await init(folder);
    writeFileSync(join(folder, "AGENTS.md"), "mine\n");
    using done = await init(folder, "--branch", "--json");
    expect(handedIn(done)).toMatchObject({ fate: "made", files: FILES.length - 1 });
    expect(git("-C", folder, "show", "millwright:AGENTS.md")).toBe("mine");
    expect(addedOn(folder, "millwright")).toEqual(FILES.map((path) => `A\t${path}`));
  });

  test("is not made where all of it is committed", async () => {
    const folder = repository();
    using _files = await init(folder);
    git("-C", folder, "add", "-A");
    git("-C", folder, "commit", "--quiet", "-m", "Add the factory");
    const before = stateOf(folder);
    using done = await init(folder, "--branch");
    expect(done.stdout).toContain("Everything is there; nothing was changed.");
    expect(stateOf(folder)).toEqual(before);
  });

  test("is shown with --dry-run, and not made", async () => {
    const folder = repository();
    const before = stateOf(folder);
    using shown = await typed(["init", "--repo", folder, "--no-try", "--dry-run", "--branch"]);
    expect(shown.stdout).toContain("+++ b/.github/workflows/factory.yml");
    expect(shown.stdout).toContain("The branch millwright would have 7 files, off commit ");
    expect(shown.stdout).toContain("Nothing was written: --dry-run.");
    expect(stateOf(folder)).toEqual(before);
  });

  test("is made without a hook", async () => {
    const folder = repository();
    for (const hook of ["reference-transaction", "post-index-change", "pre-commit"]) {
      const place = join(folder, ".git/hooks", hook);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, `#!/bin/sh\ntouch ${folder}/.git/ran\n`);
      chmodSync(place, 0o755);
    }
    using done = await init(folder, "--branch");
    expect(done.code).toBe(0);
    expect(existsSync(join(folder, ".git/ran"))).toBe(false);
  });

  test("is signed where the person signs, and is not made where that fails", async () => {
    const folder = repository();
    const program = join(folderOf("signer"), "signer");
    writeFileSync(program, "#!/bin/sh\necho 'no key' >&2\nexit 1\n");
    chmodSync(program, 0o755);
    git("-C", folder, "config", "commit.gpgSign", "true");
    git("-C", folder, "config", "gpg.program", program);
    const before = stateOf(folder);
    using refused = await init(folder, "--branch");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("git did not make the branch millwright");
    expect(stateOf(folder)).toEqual(before);
    const signs = `#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho '-----BEGIN PGP SIGNATURE-----'\necho '-----END PGP SIGNATURE-----'\n`;
    writeFileSync(program, signs);
    using done = await init(folder, "--branch");
    expect([done.code, done.stderr]).toEqual([0, ""]);
    expect(git("-C", folder, "cat-file", "commit", "millwright")).toContain("gpgsig ");
  });
});

describe("a branch is refused, and nothing changes,", () => {
  const refusal = async (folder: string, ...words: readonly string[]) => {
    const before = stateOf(folder);
    using refused = await init(folder, ...words);
    expect(refused.code).toBe(2);
    expect(stateOf(folder)).toEqual(before);
    return refused.stderr;
  };

  test.each(["a..b", "-x", "@{-1}", ""])("for the name %j", async (name) => {
    expect(await refusal(repository(), `--branch=${name}`)).toContain(
      `--branch: git refuses ${JSON.stringify(name)} as the name of a branch`,
    );
  });

  test("where git does not know who commits", async () => {
    const said = await refusal(repository({ identity: false }), "--branch");
    expect(said).toContain("git config --global user.name");
  });

  test("where one of that name holds something else", async () => {
    const folder = repository();
    git("-C", folder, "branch", "millwright");
    expect(await refusal(folder, "--branch")).toContain(
      "there is a branch millwright already, and it has no .github/factory.init.json; remove it with `git branch -D millwright`, or name another, like --branch millwright-2",
    );
    git("-C", folder, "branch", "-D", "millwright");
    using _made = await init(folder, "--branch");
    git("-C", folder, "switch", "--quiet", "millwright");
    writeFileSync(join(folder, "more.txt"), "mine\n");
    git("-C", folder, "add", "-A");
    git("-C", folder, "commit", "--quiet", "-m", "More");
    git("-C", folder, "switch", "--quiet", "main");
    expect(await refusal(folder, "--branch")).toContain("more.txt is not as init wrote it");
    git("-C", folder, "branch", "--force", "millwright", "millwright~");
    git("-C", folder, "switch", "--quiet", "millwright");
    git("-C", folder, "rm", "--quiet", "AGENTS.md");
    git("-C", folder, "commit", "--quiet", "-m", "Less");
    git("-C", folder, "switch", "--quiet", "main");
    expect(await refusal(folder, "--branch")).toContain("AGENTS.md is not as init wrote it");
  });

  test("where another one stands in the way of its name", async () => {
    const folder = repository();
    git("-C", folder, "branch", "millwright/other");
    expect(await refusal(folder, "--branch")).toContain("git did not make the branch millwright");
  });

  test("where a person's own file would be missing on it", async () => {
    const folder = repository();
    mkdirSync(join(folder, ".github"));
    writeFileSync(join(folder, ".github/factory.yml"), "version: 1\n");
    expect(await refusal(folder, "--branch")).toContain(
      ".github/factory.yml is not committed, and the branch would lack it; commit first",
    );
  });
});

describe("a pull request", () => {
  const propose = (folder: string, path: string, ...words: readonly string[]) =>
    typed(
      ["init", "--repo", folder, "--yes", "--no-try", "--json", "--pull-request", ...words],
      {},
      { path },
    );

  test("is opened once for the branch that was pushed", async () => {
    const folder = repository();
    const remote = withRemote(folder);
    const gh = ghAt(remote);
    using done = await propose(folder, gh.path);
    expect(done.code).toBe(0);
    const url = "https://github.com/o/n/pull/7";
    expect(handedIn(done).pullRequest).toEqual({ fate: "opened", url });
    expect(git("-C", remote, "rev-parse", "millwright")).toBe(
      git("-C", folder, "rev-parse", "millwright"),
    );
    expect(JSON.parse(done.stdout).next[0].command).toBe(`gh pr view --web ${url}`);
    using again = await propose(folder, gh.path);
    expect(handedIn(again)).toMatchObject({ fate: "there", pullRequest: { fate: "there", url } });
    expect(gh.called().filter((line) => line.startsWith("pr create"))).toHaveLength(1);
  });

  test("is opened of a branch that an earlier run made", async () => {
    const folder = repository();
    const gh = ghAt(withRemote(folder));
    using _branch = await init(folder, "--branch");
    // What came after it is not pushed with it.
    git("-C", folder, "commit", "--quiet", "--allow-empty", "-m", "Mine");
    using done = await propose(folder, gh.path);
    expect(handedIn(done)).toMatchObject({ fate: "there", pullRequest: { fate: "opened" } });
  });

  test.each([
    ["auth status", "gh is not there, or not signed in", false],
    ["pr list", "gh did not list the pull requests: HTTP 403: no", false],
    ["pr create", "gh did not open it: HTTP 403: no", true],
  ])("is left to the person where gh refuses %s", async (refuses, because, isPushed) => {
    const folder = repository();
    const remote = withRemote(folder);
    using done = await propose(folder, ghAt(remote, { refuses }).path);
    expect(done.code).toBe(1);
    expect(handedIn(done)).toMatchObject({ fate: "made", pullRequest: { fate: "left", because } });
    const commands = JSON.parse(done.stdout).next.map((one: { command: string }) => one.command);
    expect(commands.slice(1, 3)).toEqual([
      "git push origin millwright",
      expect.stringMatching(
        /^gh pr create --head millwright --title "Add the factory" --body ".*"$/,
      ),
    ]);
    expect(git("-C", remote, "branch", "--list", "millwright") !== "").toBe(isPushed);
  });

  test("is left where the remote has another branch of that name", async () => {
    const folder = repository();
    const remote = withRemote(folder);
    git("-C", folder, "commit", "--quiet", "--allow-empty", "-m", "Other");
    git("-C", folder, "push", "--quiet", "origin", "HEAD:millwright");
    git("-C", folder, "reset", "--quiet", "--hard", "HEAD~");
    const theirs = git("-C", remote, "rev-parse", "millwright");
    using done = await propose(folder, ghAt(remote).path);
    expect(handedIn(done).pullRequest.because).toContain("git did not push the branch");
    expect(git("-C", remote, "rev-parse", "millwright")).toBe(theirs);
  });

  test("is planned with --dry-run, and nothing is pushed", async () => {
    const folder = repository();
    const remote = withRemote(folder);
    const gh = ghAt(remote);
    using shown = await propose(folder, gh.path, "--dry-run");
    expect(handedIn(shown)).toMatchObject({ fate: "planned", pullRequest: { fate: "planned" } });
    expect(gh.called()).toEqual([]);
    expect(git("-C", remote, "branch", "--list", "millwright")).toBe("");
  });

  test("is refused without a remote, and with commits that only this clone has", async () => {
    const folder = repository();
    using none = await propose(folder, process.env.PATH ?? "");
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("has no remote")]);
    const remote = withRemote(folder);
    git("-C", folder, "commit", "--quiet", "--allow-empty", "-m", "Mine");
    using mine = await propose(folder, ghAt(remote).path);
    expect(mine.code).toBe(2);
    expect(mine.stderr).toContain("1 commit before the branch would be pushed, too");
    git("-C", folder, "remote", "rename", "origin", "a");
    git("-C", folder, "remote", "add", "b", remote);
    using several = await propose(folder, ghAt(remote).path);
    expect(several.stderr).toContain("git config remote.pushDefault NAME");
    expect(git("-C", folder, "branch", "--list", "millwright")).toBe("");
  });
});
