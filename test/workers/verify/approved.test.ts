import { expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { digestOfDependencies } from "../../../src/domain/dependencies/files.ts";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import {
  integrityOf,
  locked,
  lockfile,
  REGISTRY,
} from "../../domain/dependencies/npm-lockfiles.ts";
import { exited } from "../../fakes/sandbox.ts";
import { answered } from "../../fakes/web.ts";
import { BASE, CHANGE, of, verified, verify, type World } from "./world.ts";

const TARBALL = "the bytes of shouter";
const COUNTS = "https://api.npmjs.org/downloads/point/last-week";
const ENTRY = locked("shouter", "1.2.3", { integrity: integrityOf(TARBALL) });
const FILES: readonly ChangedFile[] = [
  ...CHANGE,
  {
    path: "package.json",
    mode: "100644",
    encoding: "utf-8",
    content: '{"dependencies":{"shouter":"^1.2.0"}}\n',
  },
  {
    path: "package-lock.json",
    mode: "100644",
    encoding: "utf-8",
    content: lockfile({ shouter: ENTRY, loud: locked("loud", "1.0.0") }),
  },
];
const BEFORE = { ...BASE, "package-lock.json": lockfile({ loud: locked("loud", "1.0.0") }) };

function worldOf(parts: World = {}): World {
  const digest = digestOfDependencies({ base: "a".repeat(40), files: [...FILES] });
  return {
    base: BEFORE,
    files: FILES,
    approved: [digest ?? ""],
    web: {
      [`${REGISTRY}/shouter/-/shouter-1.2.3.tgz`]: answered(TARBALL),
      [`${REGISTRY}/loud/-/loud-1.0.0.tgz`]: answered("loud 1.0.0"),
      [`${REGISTRY}/shouter`]: answered('{"time":{"1.2.3":"2025-03-04T05:06:07.000Z"}}'),
      [`${COUNTS}/shouter`]: answered('{"downloads":7}'),
    },
    ...parts,
  };
}

test("packages of an approved lockfile are there before the change is, installed after it, and told", async () => {
  const { proposal, sandbox, order } = await verified(worldOf());
  expect(of(proposal.evidence, "dependencies")).toEqual([
    {
      kind: "dependencies",
      subject: proposal.subject,
      digest: order.approvedDependencies[0],
      lockfiles: ["package-lock.json"],
      added: [
        {
          name: "shouter",
          version: "1.2.3",
          host: "registry.npmjs.org",
          integrity: integrityOf(TARBALL),
          publishedAt: "2025-03-04T05:06:07.000Z",
          weeklyDownloads: 7,
          lookAlike: null,
          installScript: false,
        },
      ],
    },
  ]);
  const steps = sandbox.calls
    .filter(({ workspace }) => workspace === 1)
    .filter(({ method }) => method === "run" || method === "write")
    .map(({ method, argument }) =>
      method === "run"
        ? (argument as SandboxCommand).command.split(" ")[0]
        : (argument as readonly ChangedFile[]).map(({ path }) => path.split("/")[0]),
    );
  expect(steps.slice(0, 6)).toEqual([
    "npm",
    "cd",
    [".millwright-fetched", ".millwright-fetched"],
    "mkdir",
    ["src", "test", "package.json", "package-lock.json"],
    "cd",
  ]);
});

test("nothing of a change runs whose dependencies nobody approved", async () => {
  const { proposal, sandbox } = await verify(worldOf({ approved: [] }));
  expect(proposal).toMatchObject({
    worker: "failed",
    refusal: { code: "dependencies-unapproved" },
  });
  expect(sandbox.calls).toEqual([]);
});

test("a lockfile that cannot be read is refused", async () => {
  const files = FILES.map((file) =>
    file.path === "package-lock.json" ? { ...file, content: "{" } : file,
  );
  const { proposal, sandbox } = await verify(worldOf({ files }));
  expect(proposal).toMatchObject({ worker: "failed", refusal: { code: "dependencies-refused" } });
  expect(sandbox.calls).toEqual([]);
});

test.each([
  ["fetched", { web: {} }, "worker-failed"],
  [
    "installed",
    {
      run: ({ command }: SandboxCommand) =>
        command.includes("npm ci --offline") ? exited(1, "no shouter") : undefined,
    },
    "check-failed",
  ],
])("a package that cannot be %s is no evidence", async (_what, parts, code) => {
  const { proposal } = await verify(worldOf(parts));
  expect(proposal).toMatchObject({ worker: "failed", of: "verify", refusal: { code } });
});
