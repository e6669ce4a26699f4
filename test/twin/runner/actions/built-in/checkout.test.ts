import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startGitServer } from "../../git-server.ts";
import { APP, createWorld, expectSuccess, type Files, jobOf, logOf, oneJob } from "../../world.ts";

async function checkoutWorld(steps: string, more: Files = {}) {
  const server = await startGitServer();
  const world = await createWorld(
    { "a.txt": "first", ...more, ...oneJob(steps) },
    { url: server.url },
  );
  server.root = join(world.directory, "git");
  return {
    ...world,
    server,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const PIN = "3d3c42e5aac5ba805825da76410c181273ba90b1";

describe("actions/checkout", () => {
  test("clones the commit of the event with the job's token and keeps the credential out of .git/config", async () => {
    await using world = await checkoutWorld(`
- id: c
  uses: actions/checkout@${PIN}
- run: |
    cat a.txt; git rev-parse --abbrev-ref HEAD; git rev-list --count HEAD; git remote get-url origin
    grep -c AUTHORIZATION .git/config || true
    git config --get-all "http.$GITHUB_SERVER_URL/.extraheader" | grep -c basic
    echo "commit \${{ steps.c.outputs.commit }} ref \${{ steps.c.outputs.ref }}"
`);
    const event = world.event("push");
    await world.commit(APP, { "a.txt": "later" });
    const run = await world.run("push", { sha: event.sha });
    expectSuccess(run);
    const log = logOf(run);
    expect(log).toContain(
      `firstmain\n1\n${world.server.url}/acme/app\n0\n1\ncommit ${event.sha} ref refs/heads/main`,
    );
    expect(world.server.credentials).toContain(`x-access-token:ghs_token_of_job_${jobOf(run).id}`);
  });

  test("honours persist-credentials, fetch-depth, ref, path, filter and another repository", async () => {
    await using world = await checkoutWorld(`
- uses: actions/checkout@v6
  with: { persist-credentials: false, fetch-depth: 0, filter: "blob:none" }
- run: |
    git rev-list --count HEAD; git branch -r | tr -d ' ' | sort | tr '\\n' ,
    git config --get-all "http.$GITHUB_SERVER_URL/.extraheader" || echo no credential
- uses: actions/checkout@v6
  with: { ref: side, path: nested/side }
- run: cat nested/side/a.txt; git -C nested/side rev-parse --abbrev-ref HEAD
- uses: actions/checkout@v6
  with: { ref: "\${{ github.event.pinned }}", path: pinned, persist-credentials: false }
- run: cat pinned/a.txt; git -C pinned rev-parse --abbrev-ref HEAD
- uses: actions/checkout@v6
  with: { repository: other/tools, path: tools }
- run: cat tools/b.txt; ls
`);
    const pinned = world.event("push").sha;
    await world.commit(APP, { "a.txt": "side text\n" }, "side");
    await world.commit(APP, { "a.txt": "second\n" });
    await world.commit("other/tools", { "b.txt": "tool text\n" });
    const run = await world.run("push", { payload: { pinned } });
    expectSuccess(run);
    const log = logOf(run);
    expect(log).toContain("2\norigin/main,origin/side,no credential");
    expect(log).toContain("side text\nside");
    expect(log).toContain("firstHEAD");
    expect(log).toContain("tool text\na.txt\nnested\npinned\ntools");
  });

  test("cleans what an earlier step left", async () => {
    await using world = await checkoutWorld(`
- run: touch left-over
- uses: actions/checkout@v6
- run: ls; touch again
- uses: actions/checkout@v6
- run: ls
`);
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run)).not.toMatch(/^(left-over|again)$/m);
  });

  test.each([
    ["{ ref: no-such }", "A branch or tag with the name 'no-such' could not be found"],
    ["{ path: ../out }", "is not under"],
    ["{ submodules: true }", "the twin's actions/checkout does not know 'submodules: true'"],
    ["{ repository: no/body }", "git ls-remote failed"],
    ["{ fetch-depth: few }", "fetch-depth 'few' is not a whole number"],
  ])("%s fails with a sentence", async (inputs, sentence) => {
    await using world = await checkoutWorld(`- uses: actions/checkout@v6\n  with: ${inputs}`);
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run).annotations[0]?.message).toContain(sentence);
  });
});

describe("actions/setup-node", () => {
  test("puts the twin's Node first on PATH, and says so when another version was asked for", async () => {
    await using world = await createWorld(
      oneJob(`
- uses: actions/setup-node@v6
  id: node
  with: { node-version: 24 }
- run: command -v node | sed "s,$RUNNER_TOOL_CACHE,TOOLS,"; node --version; echo "\${{ steps.node.outputs.node-version }}"
- uses: actions/setup-node@v6
  with: { node-version: 20 }
`),
      { node: process.execPath },
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run)).toContain(
      `TOOLS/node/${process.version.slice(1)}/${process.arch}/bin/node\n${process.version}\n${process.version}`,
    );
    expect(jobOf(run).annotations.map((each) => each.message)).toEqual([
      `Node 20 was asked for; the twin has ${process.version} and uses it`,
    ]);
  });

  test("a cache is refused: the twin has none", async () => {
    await using world = await createWorld(
      oneJob(`- uses: actions/setup-node@v6\n  with: { cache: npm }`),
    );
    expect(jobOf(await world.run("push")).annotations[0]?.message).toContain(
      "does not know 'cache: npm'",
    );
  });
});
