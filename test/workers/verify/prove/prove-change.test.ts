import { describe, expect, test } from "vitest";
import { Config } from "../../../../src/domain/config/schema.ts";
import { ChangeProof } from "../../../../src/domain/evidence/change-proof.ts";
import { proveChange } from "../../../../src/workers/verify/prove/prove-change.ts";
import { exited } from "../../../fakes/sandbox.ts";
import { BASE, CHANGE, CHECKS, junit, play, type World } from "../world.ts";

/** The usual change as two commits, proven. */
async function prove(world: World = {}, config: unknown = { checks: world.checks ?? CHECKS }) {
  const { repository, order, ports } = play(world);
  const base = world.base ?? BASE;
  const files: Record<string, string> = { ...base };
  for (const file of world.files ?? CHANGE) {
    if ("deleted" in file) delete files[file.path];
    else files[file.path] = file.content;
  }
  const head = repository.commit(files);
  const change = { base: order.base, head, config: Config.parse(config) };
  return ChangeProof.parse(await proveChange(change, ports));
}

const named = (proof: ChangeProof, list: keyof NonNullable<ChangeProof["tests"]>["lists"]) =>
  proof.tests?.lists[list].names;

describe("a change without a contract", () => {
  test("is proven by a test that fails without it", async () => {
    const proof = await prove();
    expect(proof.outcome).toBe("proven");
    expect(named(proof, "failToPass")).toEqual(["new"]);
    expect(named(proof, "passToPass")).toEqual(["old"]);
    expect(proof.changed).toEqual({ files: 2, lines: 5 });
    expect(proof.checks.map(({ name, on, counts }) => [name, on, counts])).toEqual([
      ["setup", "change", true],
      ["lint", "change", true],
      ["test", "change", true],
      ["setup", "base", undefined],
      ["test", "base", undefined],
      ["test", "base-with-changed-tests", undefined],
      ["test", "change-with-base-tests", undefined],
    ]);
  });

  test("is unproven where nothing got worse and no test fails without it", async () => {
    const proof = await prove({ report: () => junit({ old: true }) });
    expect(proof.outcome).toBe("unproven");
    expect(proof.tests?.lists.failToPass.total).toBe(0);
  });

  test("is broken where a test of the base no longer passes, whatever new one does", async () => {
    const report = (on: string) =>
      on === "base" ? junit({ old: true }) : junit({ old: on !== "change", new: on === "change" });
    const proof = await prove({
      report,
      run: (_, on) => (on === "change" ? exited(1, "") : undefined),
    });
    expect(proof.outcome).toBe("broken");
    expect(named(proof, "passToFail")).toEqual(["old"]);
  });

  test("is broken where a check fails on it that passes on the base", async () => {
    const run: NonNullable<World["run"]> = ({ command }, on) =>
      command === "npm run lint" && on === "change" ? exited(1, "no") : undefined;
    const proof = await prove({ run });
    expect(proof.outcome).toBe("broken");
    expect(proof.checks.find(({ counts }) => counts === false)?.name).toBe("lint");
  });

  test("is unproven by exit codes alone, though the tests fail without it", async () => {
    const run: NonNullable<World["run"]> = (_, on) =>
      on === "base-with-changed-tests" ? exited(1, "") : undefined;
    const checks = { test: "npm test" };
    const proof = await prove({ checks, run });
    expect(proof.tests?.source).toBe("exit-code");
    expect(proof.outcome).toBe("unproven");
  });
});

test("a proof takes what passes while it is made", async () => {
  const { repository, order, ports } = play();
  const head = repository.commit({ ...BASE, "src/quote.ts": "export const a = 2;\n" });
  const change = { base: order.base, head, config: Config.parse({ checks: CHECKS }) };
  const late = { ...ports.clock, elapsed: () => 500 + ports.clock.elapsed() };
  expect((await proveChange(change, { ...ports, clock: late })).durationMs).toBe(0);
});

describe("what cannot be measured says why", () => {
  test("a tree that is not that of the commit", async () => {
    const { repository, order, ports } = play();
    const head = repository.commit({ ...BASE, "src/quote.ts": "export const a = 2;\n" });
    const other = await repository.treeOf(repository.commit(BASE));
    const change = { base: order.base, head, config: Config.parse({ checks: CHECKS }) };
    const lying = { ...ports, repository: { ...repository, treeOf: async () => other } };
    const proof = await proveChange(change, lying);
    expect(proof).toMatchObject({
      outcome: "not-measured",
      refusal: { code: "tree-mismatch", subject: "the change", accepted: other },
    });
  });

  test("no command that runs tests", async () => {
    const proof = await prove({}, { checks: { lint: "npm run lint" } });
    expect(proof.outcome).toBe("not-measured");
    expect(proof.refusal).toMatchObject({ code: "evidence-missing", subject: "checks.test" });
  });

  test("a setup that fails on the base", async () => {
    const run: NonNullable<World["run"]> = ({ command }) =>
      command === "npm ci" ? exited(1, "no registry") : undefined;
    const proof = await prove({ run });
    expect(proof.outcome).toBe("not-measured");
    expect(proof.refusal).toMatchObject({ code: "check-failed", subject: "setup" });
  });

  test("a change that changes nothing", async () => {
    const proof = await prove({ files: [] });
    expect(proof.refusal?.code).toBe("nothing-produced");
  });

  test("more files than a change may have, before one is read", async () => {
    const content = "x\n";
    const files = Array.from({ length: 301 }, (_, index) => ({
      ...{ path: `src/${index}.ts`, mode: "100644" as const, encoding: "utf-8" as const, content },
    }));
    const proof = await prove({ files });
    expect(proof.refusal).toMatchObject({ code: "limit-exceeded", found: "301" });
  });

  test("a changed lockfile: nothing is fetched for a change that nobody approved", async () => {
    const lockfile = (version: string) =>
      `${JSON.stringify({ lockfileVersion: 3, packages: { "node_modules/a": { version, resolved: `https://registry.npmjs.org/a/-/a-${version}.tgz`, integrity: `sha512-${"A".repeat(86)}==` } } })}\n`;
    const path = "package-lock.json";
    const proof = await prove({
      base: { ...BASE, [path]: lockfile("1.0.0") },
      files: [...CHANGE, { path, mode: "100644", encoding: "utf-8", content: lockfile("1.0.1") }],
    });
    expect(proof.outcome).toBe("not-measured");
    expect(proof.refusal?.code).toMatch(/^dependencies-/);
  });
});
