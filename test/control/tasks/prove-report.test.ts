import { describe, expect, test } from "vitest";
import type { EffectOf } from "../../../src/domain/github/effect.ts";
import { PROOF_MARKER } from "../../../src/wording/proof/comment.ts";
import { type changeProof, pullRequestProof, testsWith } from "../../domain/change-proofs.ts";
import { newLine, type TestLine } from "../line.ts";

const PATH = ".github/workflows/factory-prove.yml";
const CALLER =
  "on: pull_request\njobs:\n  prove:\n    uses: OWNER/millwright/.github/workflows/prove.yml@v0\n";

interface World {
  readonly line: TestLine;
  readonly number: number;
  readonly head: string;
}

function offer(): World {
  const line = newLine();
  line.github.addBranch("greet");
  const number = line.github.addPullRequest("greet");
  line.github.moveBranch("greet");
  return { line, number, head: line.github.pullRequest(number).head.sha };
}

function ran({ line, head }: World, change: Readonly<Record<string, unknown>> = {}) {
  const { id, login, type } = line.github.actor("ada");
  return {
    name: "workflow_run",
    payload: {
      action: "completed",
      workflow_run: {
        ...{ id: 77, head_sha: head, event: "pull_request", conclusion: "success", path: PATH },
        ...change,
      },
      sender: { id, login, type },
    },
  };
}

/** The proof of this world's pull request, as that run left it. */
function proofOf({ number, head }: World, change: Parameters<typeof changeProof>[0] = {}) {
  const of = { pullRequest: number, repository: "OWNER/app" };
  return pullRequestProof({ head, ...change }, of);
}

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

/** The caller's file on the default branch and at the head. */
function workflows({ line, head }: World, files: { here?: string; there?: string | null } = {}) {
  const { here = CALLER, there = CALLER } = files;
  const texts = new Map([
    [line.github.head(), here],
    [head, there],
  ]);
  return async (commit: string, paths: readonly string[]) =>
    paths.map((path) => {
      const text = path === PATH ? texts.get(commit) : null;
      return { known: text === null || text === undefined ? null : Buffer.from(text) };
    });
}

const report = (world: World, proof: Uint8Array | undefined, bytesAt = workflows(world)) =>
  world.line.run("prove-report", {
    event: ran(world),
    bytesAt,
    ...(proof === undefined ? {} : { proof }),
  });

describe("a proof is shown", () => {
  test("as one comment and one check run on the head that GitHub names", async () => {
    const world = offer();
    const result = await report(world, bytes(proofOf(world)));
    expect(result).toMatchObject({ ok: true, refusals: [] });
    const [comment, check] = result.effects;
    expect(comment).toMatchObject({
      kind: "write-comment",
      issue: world.number,
      marker: PROOF_MARKER,
    });
    expect(check).toMatchObject({
      kind: "write-check-run",
      name: "factory/prove",
      sha: world.head,
      conclusion: "success",
    });
    expect((comment as EffectOf<"write-comment">).body).toContain("actions/runs/77");
  });

  test.each([
    ["unproven", { tests: testsWith({}) }, "neutral"],
    ["broken", { tests: testsWith({ passToFail: ["parts"] }) }, "failure"],
    ["not measured", { tests: null }, "neutral"],
  ])("a change that is %s", async (_, change, conclusion) => {
    const world = offer();
    const { effects } = await report(world, bytes(proofOf(world, change)));
    expect(effects[1]).toMatchObject({ kind: "write-check-run", conclusion });
  });

  test("with what weakens a test beside its line", async () => {
    const world = offer();
    const place = { path: "test/a.test.ts", line: 4, rule: "test-skipped" } as const;
    const finding = { ...place, before: "test(1)", after: "test.skip(1)" };
    const proof = proofOf(world, { ratchet: { findings: [finding], more: 0 } });
    const { effects } = await report(world, bytes(proof));
    expect((effects[1] as EffectOf<"write-check-run">).annotations).toMatchObject([
      { path: "test/a.test.ts", line: 4, level: "warning" },
    ]);
  });
});

describe("a stranger's file is refused, and nothing is written", () => {
  const tests: readonly (readonly [string, (world: World) => Uint8Array | undefined, RegExp])[] = [
    ["nothing", () => undefined, /no proof\.json/],
    ["no JSON", () => Buffer.from("{"), /not one JSON value/],
    ["bytes that are no text", () => Buffer.from([0xff, 0xfe]), /not one JSON value/],
    ["too many bytes", () => Buffer.alloc(1_000_001, 32), /1000001 bytes/],
    ["a key twice", () => Buffer.from('{"version":1,"version":1}'), /twice/],
    ["a key too much", (world) => bytes({ ...proofOf(world), extra: 1 }), /extra/],
    ["another version", (world) => bytes({ ...proofOf(world), version: 2 }), /version/],
    [
      "a name without end",
      (world) => bytes(proofOf(world, { tests: testsWith({ failToPass: ["x".repeat(301)] }) })),
      /names/,
    ],
    [
      "another repository",
      (world) => bytes({ ...proofOf(world), repository: "OWNER/other" }),
      /about `?OWNER/,
    ],
    [
      "another commit than GitHub's",
      (world) => bytes(proofOf(world, { head: "c".repeat(40) })),
      /about the commit/,
    ],
    [
      "an outcome that its own facts deny",
      (world) => bytes(proofOf(world, { outcome: "proven", tests: testsWith({}) })),
      /it says proven/,
    ],
  ];
  test.each(tests)("%s", async (_, proof, says) => {
    const world = offer();
    const result = await report(world, proof(world));
    expect(result).toMatchObject({ effects: [], ok: false });
    expect(result.refusals).toMatchObject([{ code: "artifact-invalid" }]);
    expect(`${result.refusals[0]?.found}`).toMatch(says);
    expect(world.line.github.applied).toEqual([]);
  });

  test("a pull request that is not open, or not at that commit any more", async () => {
    const world = offer();
    const proof = bytes(proofOf(world));
    world.line.github.changePullRequest(world.number, {
      head: { branch: "greet", sha: "d".repeat(40) },
    });
    const moved = await report(world, proof);
    expect(moved).toMatchObject({ effects: [], refusals: [{ code: "base-moved" }] });
    world.line.github.changePullRequest(world.number, { state: "closed" });
    const closed = await report(world, proof);
    expect(closed).toMatchObject({ effects: [], refusals: [{ code: "event-not-understood" }] });
    expect(world.line.github.applied).toEqual([]);
  });

  test("another pull request, by its number, whose head is another commit", async () => {
    const world = offer();
    world.line.github.addBranch("other");
    const other = world.line.github.addPullRequest("other");
    world.line.github.changePullRequest(other, { head: { branch: "other", sha: "e".repeat(40) } });
    const result = await report(world, bytes({ ...proofOf(world), pullRequest: other }));
    expect(result).toMatchObject({ effects: [], refusals: [{ code: "base-moved" }] });
  });

  test.each([
    ["a push", { event: "push" }],
    ["a run that failed", { conclusion: "failure" }],
    ["a path that leads elsewhere", { path: ".github/workflows/../../a.yml" }],
  ])("%s", async (_, change) => {
    const world = offer();
    const result = await world.line.run("prove-report", {
      event: ran(world, change),
      proof: bytes(proofOf(world)),
      bytesAt: workflows(world),
    });
    expect(result).toMatchObject({ effects: [] });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
  });
});

describe("a proof that the change may have written itself is not shown", () => {
  test.each([
    ["that changes the workflow", { there: `${CALLER}# more\n` }],
    ["that brings the workflow", { here: "" }],
    ["that has no such workflow", { there: null }],
    ["whose workflow calls what stands beside it", near("./.github/workflows/prove.yml")],
    ["whose workflow calls its own repository", near("$/.github/workflows/prove.yml")],
    ["whose workflow hides what it calls", near("*there")],
    ["whose workflow uses nothing", near(undefined)],
  ])("of a pull request %s", async (_, files) => {
    const world = offer();
    const result = await report(world, bytes(proofOf(world)), workflows(world, files));
    expect(result.effects.map(({ kind }) => kind)).toEqual(["write-check-run"]);
    expect(result.effects[0]).toMatchObject({ conclusion: "neutral", sha: world.head });
    const { summary } = result.effects[0] as EffectOf<"write-check-run">;
    expect(summary).toContain("the proof is not shown");
    expect(summary).not.toContain("greets");
  });
});

/** The same workflow on both sides, with another thing that it uses. */
function near(reference: string | undefined) {
  const call = reference === undefined ? "" : `    uses: ${reference}\n`;
  const text = `x: &there ./a\njobs:\n  prove:\n${call}    runs-on: ubuntu-24.04\n`;
  return { here: text, there: text };
}
