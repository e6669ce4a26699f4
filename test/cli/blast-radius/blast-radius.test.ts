import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { agentsOf } from "../../../src/cli/blast-radius/agents.ts";
import { openJobs } from "../../../src/cli/blast-radius/open-jobs.ts";
import { mostOf, type Reach, reachOf } from "../../../src/cli/blast-radius/reach.ts";
import { sayWorst } from "../../../src/cli/blast-radius/say-reach.ts";
import { root } from "../../repository/bundles.ts";
import { typed } from "../typed.ts";

const PATH = ".github/workflows/a.yml";
const open = (text: string, called: Readonly<Record<string, string>> = {}) =>
  openJobs({ path: PATH, text }, (uses) => called[uses]);

describe("the jobs of a workflow, every called one opened", () => {
  test.each([
    ["permissions: { contents: write }\njobs: { one: {} }", { contents: "write" }],
    ["permissions: read-all\njobs: { one: { permissions: { issues: none } } }", {}],
    ["jobs: { one: {} }", "default"],
  ])("%j is granted %j", (text, granted) => {
    expect(open(text)).toEqual([expect.objectContaining({ job: "one", granted })]);
  });

  test("a called job gets no more than its caller has, and the secrets that it is handed by their own names", () => {
    const called = {
      "./x.yml":
        "jobs: { two: { permissions: { contents: write, issues: write }, steps: [{ run: go, env: { K: '${{ secrets.KEY }}', L: '${{ secrets.OTHER }}' } }] } }",
    };
    const text =
      "jobs: { one: { uses: ./x.yml, permissions: { contents: read }, secrets: { KEY: '${{ secrets.MODEL_KEY }}' } } }";
    expect(open(text, called)).toEqual([
      expect.objectContaining({
        job: "one / two",
        granted: { contents: "read" },
        secrets: ["MODEL_KEY"],
        commands: ["go"],
      }),
    ]);
  });

  test.each([
    ["inherit", ["MODEL_KEY"]],
    ["{}", []],
  ])("secrets: %s", (handed, secrets) => {
    const called = {
      "./x.yml": "jobs: { two: { env: { K: '${{ secrets.MODEL_KEY }}' }, steps: [] } }",
    };
    expect(
      open(`jobs: { one: { uses: ./x.yml, secrets: ${handed} } }`, called)[0]?.secrets,
    ).toEqual(secrets);
  });

  test("what cannot be read is said so, with all that it is handed", () => {
    const uses = "other/repo/.github/workflows/x.yml@v1";
    expect(open(`jobs: { one: { uses: ${uses}, secrets: inherit } }`)).toEqual([
      expect.objectContaining({ unread: uses, secrets: ["*"], granted: "default" }),
    ]);
  });

  test("a workflow that calls itself ends", () => {
    const uses = "./.github/workflows/a.yml";
    const text = `jobs: { one: { uses: ${uses} } }`;
    expect(open(text, { [uses]: text })).toEqual([expect.objectContaining({ unread: uses })]);
  });

  test("secrets.* as a whole are all of them, the job's own token none", () => {
    const text =
      "jobs: { one: { steps: [{ env: { A: '${{ toJSON(secrets) }}', B: '${{ secrets.GITHUB_TOKEN }}' } }] } }";
    expect(open(text)[0]?.secrets).toEqual(["*"]);
  });
});

describe("agents of others", () => {
  const job = (uses: readonly string[], commands: readonly string[]) =>
    agentsOf({ path: PATH, job: "one", granted: {}, secrets: [], uses, commands });

  test.each([
    [["anthropics/claude-code-action"], [], ["Claude Code"]],
    [["openai/codex-action"], [], ["Codex"]],
    [[], ["npx -y @anthropic-ai/claude-code@2 -p hi"], ["Claude Code"]],
    [[], ["cd x && codex exec"], ["Codex"]],
    [["actions/checkout"], ["echo claude", "npm test"], []],
  ])("%j %j", (uses, commands, agents) => {
    expect(job(uses, commands)).toEqual(agents);
  });

  test("reach all that their job has", () => {
    const text =
      "permissions: { contents: write }\njobs: { one: { steps: [{ uses: anthropics/claude-code-action@v1, with: { key: '${{ secrets.KEY }}' } }] } }";
    const [reached] = reachOf(open(text));
    expect(reached).toMatchObject({
      agent: "Claude Code",
      agentReaches: {
        permissions: { contents: "write" },
        secrets: ["KEY"],
        hosts: "any",
        branches: "every one that no rule protects",
      },
    });
  });
});

describe("the worst of several", () => {
  const reach: fc.Arbitrary<Reach> = fc.record({
    permissions: fc.oneof(
      fc.constant("unknown" as const),
      fc.dictionary(fc.constantFrom("contents", "issues"), fc.constantFrom("read", "write")),
    ),
    secrets: fc.uniqueArray(fc.constantFrom("A", "B", "*")),
    hosts: fc.constantFrom("none", "any"),
    branches: fc.constantFrom("none", "unknown", "every one that no rule protects"),
  });

  test("is the same in whatever order and grouping, and holds each of them", () => {
    fc.assert(
      fc.property(fc.array(reach), fc.array(reach), (some, others) => {
        const all = mostOf([...some, ...others]);
        expect(mostOf([...others, ...some])).toEqual(all);
        expect(mostOf([mostOf(some), mostOf(others)])).toEqual(all);
        for (const one of some) expect(mostOf([all, one])).toEqual(all);
      }),
    );
  });

  test("is said of no job where none reaches all of it", () => {
    const agent = (job: string, secret: string) => {
      const own: Reach = { permissions: {}, secrets: [secret], hosts: "none", branches: "none" };
      return { path: PATH, job, agent: "Codex", agentReaches: own, jobReaches: own };
    };
    expect(sayWorst([agent("one", "A"), agent("two", "B")])).toBe(
      "At worst, a hostile agent of those below reaches the secrets A, B. No job reaches all of it: see the list.",
    );
  });

  test("names branches as such", () => {
    const most: Reach = {
      permissions: { contents: "write" },
      secrets: [],
      hosts: "none",
      branches: "every one that no rule protects",
    };
    const job = { path: PATH, job: "one", agent: "Codex", agentReaches: most, jobReaches: most };
    expect(sayWorst([job])).toContain("contents: write; and every branch that no rule protects. ");
  });
});

describe("the command", () => {
  function checkout(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), "millwright-reach-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, ".github/workflows"), { recursive: true });
    writeFileSync(join(folder, ".github/workflows/a.yml"), text);
    return folder;
  }

  test("of this project's own template: an agent reaches nothing, and no job of one may write", async () => {
    const folder = checkout(readFileSync(join(root, "workflow-templates/factory.yml"), "utf8"));
    using asked = await typed(["blast-radius", "--repo", folder, "--json"]);
    const { ok, worst, jobs } = JSON.parse(asked.stdout);
    expect([asked.code, ok]).toEqual([0, true]);
    expect(worst).toEqual({ permissions: {}, secrets: [], hosts: "none", branches: "none" });
    const agents = new Set(jobs.map(({ agent }: { agent: string }) => agent));
    expect([...agents].sort()).toEqual([
      "implement",
      "intake-normalize",
      "post-merge-smoke",
      "quality-audit",
      "review",
      "verify",
    ]);
    for (const { jobReaches } of jobs) {
      expect(Object.values(jobReaches.permissions)).not.toContain("write");
      expect(jobReaches.branches).toBe("none");
    }
  });

  test("tells of an agent of others, and that one without a known name is not listed", async () => {
    const folder = checkout("jobs: { one: { steps: [{ uses: openai/codex-action@v1 }] } }");
    using asked = await typed(["blast-radius", "--repo", folder]);
    expect(asked.code).toBe(1);
    expect(asked.stdout.split("\n")[0]).toBe(
      "At worst, a hostile agent of those below reaches the permissions that the repository's setting grants, up to writing everything; any host; and branches, if the repository's setting allows it. Codex does, in .github/workflows/a.yml, job one.",
    );
    expect(asked.stdout).toContain("one (Codex)");
    expect(asked.stdout).toContain("permissions  that the repository's setting grants");
    using none = await typed(["blast-radius", "--repo", checkout("jobs: { one: { steps: [] } }")]);
    expect(none.stdout).toContain("1 workflow in .github/workflows: no agent works there");
    expect(none.code).toBe(0);
  });
});
