import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readControlHandover } from "../../../src/adapters/runner/control-handover.ts";
import { createRunner } from "../../../src/adapters/runner/runner.ts";
import { canonicalJson, digestOf } from "../../../src/domain/digest.ts";
import type { Order } from "../../../src/domain/order.ts";
import { PROPOSAL_BYTES } from "../../../src/domain/proposal.ts";
import { manyOf } from "../../cases.ts";
import { green, newLine, type TestLine, toBuilding } from "../line.ts";

let folder: string;
let line: TestLine;
let building: Awaited<ReturnType<typeof toBuilding>>;
/** What an honest run hands over, as text by file name. */
let files: Record<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "millwright-handed-"));
  line = newLine();
  building = await toBuilding(line);
  const { implement, verify, review } = green(line.github, building.order);
  files = Object.fromEntries(
    Object.entries({ implement, verify, review }).map(([name, one]) => [name, JSON.stringify(one)]),
  );
  files.order = canonicalJson(building.order);
  for (const [name, value] of Object.entries({
    GITHUB_RUN_ID: `${building.order.runId}`,
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_REPOSITORY: "OWNER/app",
    GITHUB_WORKFLOW_REF: "OWNER/app/.github/workflows/factory.yml@refs/heads/main",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_API_URL: "https://api.github.com",
    GITHUB_ACTOR_ID: "100",
    GITHUB_ACTOR: "ada",
    GITHUB_EVENT_NAME: "schedule",
    GITHUB_EVENT_PATH: join(folder, "event"),
    INPUT_ISSUE: `${building.issue}`,
    INPUT_IDENTITY: "41898282 github-actions[bot]",
    INPUT_HANDOVER: join(folder, "handover"),
  })) {
    vi.stubEnv(name, value);
  }
  writeFileSync(join(folder, "event"), "{}");
  mkdirSync(join(folder, "handover"));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, "handover", `${name}.json`);

/** Lays the honest files, lets somebody spoil the folder, and settles with what control reads from it. */
async function settleWith(spoil: () => void, announce: Record<string, string> = {}) {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const digests = Object.entries(files).map(([name, text]) => [name, digestOf(text)] as const);
  const announced = { ...Object.fromEntries(digests), ...announce };
  const { order, ...proposals } = announced;
  vi.stubEnv("INPUT_ORDER-DIGEST", order ?? "");
  const pairs = Object.entries(proposals).map(([name, digest]) => `${name}=${digest}`);
  vi.stubEnv("INPUT_PROPOSAL-DIGESTS", pairs.join(" "));
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  spoil();
  const read = await readControlHandover(createRunner());
  vi.restoreAllMocks();
  return await line.run("settle", {
    event: building.event,
    issue: building.issue,
    proposals: read.proposals as never,
    orderDigest: read.orderDigest ?? "",
    ...(read.order === undefined ? {} : { order: read.order satisfies Order }),
  });
}

const published = () =>
  line.github.applied.filter(({ effect }) => effect.kind === "publish-commit");

function replace(name: string, lay: (path: string) => void): () => void {
  return () => {
    rmSync(at(name), { force: true });
    lay(at(name));
  };
}

/** Rewrites a proposal and announces what was written, as a worker that is an enemy would. */
function rewrite(name: string, edit: (text: string) => string): void {
  files[name] = edit(files[name] ?? "");
}

describe("what the folder of a run may hold", () => {
  test("the honest files alone publish", async () => {
    expect(await settleWith(() => {})).toMatchObject({ next: "release" });
    expect(published()).toHaveLength(1);
  });

  test("further files, folders and names are not looked at", async () => {
    const spoil = () => {
      const further = [
        "deploy.json",
        "IMPLEMENT.JSON",
        "implement.json.bak",
        ".env",
        "verify.json ",
      ];
      for (const name of further) writeFileSync(join(folder, "handover", name), "{}");
      mkdirSync(join(folder, "handover", "proposals", "implement.json"), { recursive: true });
      symlinkSync("/etc/passwd", join(folder, "handover", "passwd"));
      for (let index = 0; index < 2_000; index += 1) {
        writeFileSync(join(folder, "handover", `${index}`), "");
      }
    };
    expect(await settleWith(spoil)).toMatchObject({ next: "release" });
  });

  const spoilt: readonly (readonly [string, string, () => void])[] = [
    [
      "a link to the honest file",
      "worker-failed",
      replace("verify", (path) => {
        writeFileSync(join(folder, "aside"), files.verify ?? "");
        symlinkSync(join(folder, "aside"), path);
      }),
    ],
    [
      "a link to a file of the machine",
      "worker-failed",
      replace("implement", (path) => symlinkSync("/etc/passwd", path)),
    ],
    ["a folder", "worker-failed", replace("verify", (path) => mkdirSync(path))],
    ["nothing", "worker-failed", replace("review", () => {})],
    [
      "a file that is larger than any proposal",
      "worker-failed",
      () => truncateSync(at("implement"), PROPOSAL_BYTES + 1),
    ],
    [
      "other bytes than were announced",
      "artifact-invalid",
      () => writeFileSync(at("review"), `${files.review} `),
    ],
    [
      "another worker's file",
      "artifact-invalid",
      replace("verify", (path) => linkSync(at("review"), path)),
    ],
    [
      "an order that another worker laid over ours",
      "order-invalid",
      () => writeFileSync(at("order"), canonicalJson({ ...building.order, attempt: 9 })),
    ],
    [
      "an order that is a link",
      "order-invalid",
      replace("order", (path) => {
        writeFileSync(join(folder, "aside"), files.order ?? "");
        symlinkSync(join(folder, "aside"), path);
      }),
    ],
    ["no order", "order-invalid", replace("order", () => {})],
  ];
  test.each(spoilt)("%s: %s, and nothing is published", async (_name, code, spoil) => {
    const result = await settleWith(spoil);
    expect(result).toMatchObject({ next: "none", ok: false });
    expect(result.refusals[0]).toMatchObject({ code });
    expect(published()).toEqual([]);
  });
});

describe("what a proposal may say, announced with the right digest", () => {
  const nest = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const first = (text: string, insert: string) => text.replace("{", `{${insert},`);
  const hostile: readonly (readonly [string, string, (text: string) => string])[] = [
    ["a key twice", "implement", (text) => first(text, '"worker":"implement"')],
    ["a key that nobody knows", "implement", (text) => first(text, '"target":"main"')],
    ["the number of an issue to write to", "review", (text) => first(text, '"issue":1')],
    ["labels of its own", "review", (text) => first(text, '"labels":["deploy"]')],
    [
      "effects of its own",
      "verify",
      (text) => first(text, '"effects":[{"kind":"close-issue","issue":1}]'),
    ],
    ["a prototype", "review", (text) => first(text, '"__proto__":{"decision":"approve"}')],
    ["a nest without end", "implement", (text) => first(text, `"ran":${nest(5_000)}`)],
    ["two values", "verify", (text) => `${text}\n{}`],
    ["text before it", "verify", (text) => `ok\n${text}`],
    ["nothing", "review", () => ""],
    ["no object", "review", () => "[]"],
    ["another version", "implement", (text) => text.replace('"version":1', '"version":2')],
    [
      "another order's answer",
      "review",
      (text) => text.replace(/"order":"[0-9a-f]{8}/, '"order":"00000000'),
    ],
    ["another worker's answer", "review", () => files.verify ?? ""],
    [
      "more paths than a change set has",
      "implement",
      (text) =>
        text.replace(
          '"files":[{',
          `"files":[${'{"path":"src/x","deleted":true},'.repeat(manyOf(100_000))}{`,
        ),
    ],
  ];
  test.each(hostile)("%s: refused before anything of it is used", async (_name, worker, edit) => {
    rewrite(worker, edit);
    const result = await settleWith(() => {});
    expect(result).toMatchObject({ next: "none", ok: false });
    expect(result.refusals[0]?.code).toMatch(/^(proposal-invalid|change-set-invalid)$/);
    expect(published()).toEqual([]);
  });

  test.each(["../order", "/etc/passwd", "implement/../order", "..\\order", "constructor"])(
    "a worker that is announced as %s is nobody's",
    async (name) => {
      const result = await settleWith(() => {}, { [name]: "0".repeat(64) });
      expect(result).toMatchObject({ next: "release" });
    },
  );

  test("a worker that is announced twice is believed in neither", async () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const result = await settleWith(() => {
      const digest = digestOf(files.review ?? "");
      const pairs = ["implement", "verify"].map((name) => `${name}=${digestOf(files[name] ?? "")}`);
      vi.stubEnv(
        "INPUT_PROPOSAL-DIGESTS",
        [...pairs, `review=${digest}`, `review=${digest}0`].join(" "),
      );
    });
    expect(result).toMatchObject({ next: "none" });
    expect(published()).toEqual([]);
  });
});
