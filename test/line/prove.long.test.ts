import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pullRequestProof } from "../domain/change-proofs.ts";
import { FILES } from "./repository.ts";
import { headOf, PATIENCE_MS, REPOSITORY, ROOT, raise, type Setting, type World } from "./rig.ts";
import { jobsOf } from "./standing.ts";

// Real runs: what is tested is the two templates, what they call, and what GitHub gives a fork's run.

const STRANGER = "stranger";
const FORK = `${STRANGER}/greeter`;

async function template(name: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(ROOT, "workflow-templates", `${name}.yml`), "utf8");
  return { [`.github/workflows/${name}.yml`]: text.replaceAll("$default-branch", "main") };
}

async function world(setting: Setting = {}): Promise<World> {
  const files = {
    ...(await template("factory-prove")),
    ...(await template("factory-prove-report")),
  };
  return raise({ runner: "twin", collaborators: { [STRANGER]: "read" }, files, ...setting });
}

/** As the stranger, who may read the repository and has a fork of it. */
async function ask<Answer>(
  { twin }: World,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await fetch(`${twin.github.url}/repos/${path}`, {
    method,
    headers: { authorization: `Bearer ${twin.userOf(STRANGER).token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** A commit on the fork's branch, on top of what it has. */
async function commit(
  on: World,
  parent: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const { tree } = await ask<{ tree: { sha: string } }>(on, "GET", `${FORK}/git/commits/${parent}`);
  const made = await ask<{ sha: string }>(on, "POST", `${FORK}/git/trees`, {
    base_tree: tree.sha,
    tree: Object.entries(files).map(([path, content]) => ({
      ...{ path, mode: "100644", type: "blob", content },
    })),
  });
  const body = { message: "Change it", tree: made.sha, parents: [parent] };
  return (await ask<{ sha: string }>(on, "POST", `${FORK}/git/commits`, body)).sha;
}

async function offer(on: World, files: Readonly<Record<string, string>>) {
  await on.idle();
  await ask(on, "POST", `${REPOSITORY}/forks`);
  const head = await commit(on, await headOf(on), files);
  await ask(on, "POST", `${FORK}/git/refs`, { ref: "refs/heads/greet", sha: head });
  const pull = { title: "Greet nobody", head: `${STRANGER}:greet`, base: "main" };
  const { number } = await ask<{ number: number }>(on, "POST", `${REPOSITORY}/pulls`, pull);
  await on.idle();
  return { number, head };
}

interface Shown {
  readonly id: number;
  readonly body: string;
}
interface Check {
  readonly name: string;
  readonly conclusion: string;
  readonly output: { readonly title: string };
}

const comments = (on: World, number: number) =>
  on.get<readonly Shown[]>(`/issues/${number}/comments`);

async function checks(on: World, sha: string): Promise<readonly Check[]> {
  const { check_runs: runs } = await on.get<{ check_runs: readonly Check[] }>(
    `/commits/${sha}/check-runs`,
  );
  return runs.filter(({ name }) => name === "factory/prove");
}

const GREETS = {
  "src/greet.js": `${FILES["src/greet.js"]}`.replace(
    'return "Hello " + name;',
    'return name === undefined ? "Hello" : "Hello " + name;',
  ),
  "test/greet.test.js": `${FILES["test/greet.test.js"]}\ntest("greets nobody", () => {\n  assert.equal(greet(), "Hello");\n});\n`,
};

describe("a pull request from a fork", () => {
  test(
    "gets one comment and one check run, written by a run of its own; new commits edit the comment",
    async () => {
      await using on = await world();
      const { number, head } = await offer(on, GREETS);
      expect(jobsOf(on)).toEqual(["prove", "prove-report"]);
      const [proving] = on.twin.runner.runs().filter(({ event }) => event === "pull_request");
      expect(proving?.conclusion).toBe("success");
      const [first, ...more] = await comments(on, number);
      expect(more).toEqual([]);
      expect(first?.body).toContain("**Proven**: 1 test fails without this change");
      expect(first?.body).toContain("greets nobody");
      expect(first?.body).toContain(head.slice(0, 12));
      expect(await checks(on, head)).toMatchObject([{ conclusion: "success" }]);
      const next = await commit(on, head, {
        "test/greet.test.js": `${FILES["test/greet.test.js"]}`,
      });
      await ask(on, "PATCH", `${FORK}/git/refs/heads/greet`, { sha: next });
      await on.idle();
      const [again, ...others] = await comments(on, number);
      expect(others).toEqual([]);
      expect(again?.id).toBe(first?.id);
      expect(again?.body).toContain("**Unproven**");
      expect(again?.body).toContain(next.slice(0, 12));
      expect(await checks(on, next)).toMatchObject([{ conclusion: "neutral" }]);
      expect(on.model.requests()).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    "that writes its own proof is not believed",
    async () => {
      await using on = await world();
      const base = await headOf(on);
      const forged = JSON.stringify(
        pullRequestProof({ base, head: "HEAD" }, { repository: REPOSITORY }),
      ).replace('"HEAD"', "'\"$HEAD\"'");
      const upload = "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a";
      const { number, head } = await offer(on, {
        ".github/workflows/factory-prove.yml": [
          "name: Prove",
          "on: pull_request",
          "jobs:",
          "  prove:",
          "    runs-on: ubuntu-24.04",
          "    env: { HEAD: '\"${{ github.event.pull_request.head.sha }}\"' }",
          "    steps:",
          "      - run: |",
          `          echo '${forged}' > proof.json`,
          `      - uses: ${upload}`,
          "        with: { name: 'proof-${{ github.run_attempt }}', path: proof.json }",
          "",
        ].join("\n"),
      });
      expect(jobsOf(on)).toEqual(["prove", "prove-report"]);
      expect(await comments(on, number)).toEqual([]);
      expect(await checks(on, head)).toMatchObject([
        { conclusion: "neutral", output: { title: expect.stringMatching(/^Not shown/) } },
      ]);
    },
    PATIENCE_MS,
  );

  test(
    "to a repository without a test check is told what to write",
    async () => {
      await using on = await world({ config: { checks: { lint: "true" } } });
      const { number, head } = await offer(on, GREETS);
      const [only] = await comments(on, number);
      expect(only?.body).toContain("**Not measured**");
      expect(only?.body).toContain("Next: name the command that runs the tests as `checks.test`");
      expect(await checks(on, head)).toMatchObject([{ conclusion: "neutral" }]);
    },
    PATIENCE_MS,
  );
});
