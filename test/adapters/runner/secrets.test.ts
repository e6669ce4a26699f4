import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readControlHandover } from "../../../src/adapters/runner/control-handover.ts";
import { fulfilOrder } from "../../../src/adapters/runner/handover.ts";
import { inflate, secretsOfJob } from "../../../src/adapters/runner/job-secrets.ts";
import { createRunner } from "../../../src/adapters/runner/runner.ts";
import { canonicalJson, digestOf } from "../../../src/domain/digest.ts";
import { digestOfOrder } from "../../../src/domain/order.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import { green } from "../../control/line.ts";
import { fakeId } from "../../fakes/github.ts";
import { lineOrder } from "../../workers/orders.ts";

const KEY = "sk-ant-api03-Zk4Qw8Lr2Tn6Vx0Bc5Md9Fs1Gh7Jp3Ky8Ue4Io6Ra2";
const RUNTIME = "decoy.8c1f0a52-6f7e-4b3d-9a28-d15e9c7b4f60";
const SEAL = "9f3c1a7e5b2d8046c1e9a35f7d2b4860e7c19d3a5f8b2460d1c7e93a5f8b2d46";

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runner-secrets-"));
  said = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  for (const file of ["output", "summary"]) writeFileSync(join(folder, file), "");
  writeFileSync(join(folder, "event.json"), "{}");
  for (const [name, value] of Object.entries({
    "INPUT_ANTHROPIC-API-KEY": KEY,
    ACTIONS_RUNTIME_TOKEN: RUNTIME,
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    GITHUB_EVENT_PATH: join(folder, "event.json"),
    GITHUB_EVENT_NAME: "issues",
    GITHUB_RUN_ID: "1001",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_REPOSITORY: "OWNER/example",
    GITHUB_WORKFLOW_REF: "OWNER/example/.github/workflows/factory.yml@refs/heads/main",
    GITHUB_SERVER_URL: "http://127.0.0.1:1",
    GITHUB_API_URL: "http://127.0.0.1:1/api",
    GITHUB_ACTOR: "owner",
    GITHUB_ACTOR_ID: "7",
    RUNNER_TEMP: folder,
  })) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const base64 = (text: string) => Buffer.from(text).toString("base64");
const written = (name: string) => readFileSync(join(folder, name), "utf8");

describe("what a job says", () => {
  test.each([
    ["as it is", `the key is ${KEY}!`],
    ["in base64, twice", base64(base64(RUNTIME))],
    ["over lines", KEY.replace(/.{9}/g, "$&\n")],
    ["packed", gzipSync(KEY).toString("base64")],
  ])("is withheld with a sentence where a secret of it stands %s", (_name, text) => {
    const runner = createRunner();
    runner.info(text);
    runner.warning(text);
    runner.quote(`before\n${text}\nafter`);
    runner.fail(text);
    process.exitCode = undefined;
    const all = said.join("");
    expect(all).not.toContain(text.slice(0, 30));
    expect(said).toHaveLength(4);
    expect(all.match(/\(withheld: the value of \w+ stood here\)/g)).toHaveLength(4);
  });

  test("is withheld on the summary page, too", async () => {
    await createRunner().summary(`| a | ${base64(KEY)} |`);
    expect(written("summary").trim()).toBe("(withheld: the value of ANTHROPIC_API_KEY stood here)");
  });

  test("loses only the lines that look like a secret, and says why", async () => {
    const token = ["ghp_Wm5Rb1Xk7Hq3Td9Ln2", "Pc6Vz0Jf4Gs8Ay1Eu5"].join("");
    createRunner().quote(`first\ngot ${token}\nlast`);
    expect(said.join("")).toBe(
      "| first\n| (withheld: it holds what the secret rule github-token looks for)\n| last\n",
    );
  });

  test("knows what was registered as a secret later", () => {
    const runner = createRunner();
    runner.secret(SEAL);
    runner.info(`${[...SEAL].reverse().join("")}`);
    expect(said.at(-1)).toContain("withheld: the value of a secret of this job");
  });

  test("leaves ordinary text as it is", () => {
    createRunner().quote("sk-ant-api03- is how keys begin\nACTIONS_RUNTIME_TOKEN");
    expect(said.join("")).toBe("| sk-ant-api03- is how keys begin\n| ACTIONS_RUNTIME_TOKEN\n");
  });
});

describe("what a job hands over", () => {
  test("is not written where a secret stands in it", async () => {
    const runner = createRunner();
    expect(() => runner.output("digest", base64(`x${KEY}`))).toThrow(/output digest.*ANTHROPIC/);
    await expect(runner.writeFile(join(folder, "order.json"), `{"a":"${KEY}"}`)).rejects.toThrow(
      /order\.json: a.*ANTHROPIC_API_KEY/,
    );
    expect(readdirSync(folder).sort()).toEqual(["event.json", "output", "summary"]);
    expect(written("output")).toBe("");
  });

  test.each([
    ["a file's content", "src/a.ts", `const a = "${base64(KEY)}";`],
    ["a file's name", `src/${RUNTIME.slice(6)}.ts`, ""],
  ])("becomes a refusal where a worker's proposal holds it in %s", async (_name, path, content) => {
    const order = lineOrder({ base: fakeId("base") });
    const text = canonicalJson(order);
    writeFileSync(join(folder, "given.json"), text);
    vi.stubEnv("INPUT_ORDER", join(folder, "given.json"));
    vi.stubEnv("INPUT_ORDER-DIGEST", digestOf(text));
    const { implement } = green({ treeWith: () => fakeId("tree") }, order);
    implement.changeSet.files.push({ path, mode: "100644", encoding: "utf-8", content });
    const describe = () => "a summary";
    await fulfilOrder(createRunner(), { worker: "implement", describe }, async () => implement);
    const proposal = Proposal.parse(JSON.parse(written("millwright/implement.json")));
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "implement",
      order: digestOfOrder(order),
      usage: implement.usage,
      refusal: { code: "secret-leaked", found: expect.stringContaining("the value of ") },
    });
    expect(JSON.stringify(proposal)).not.toContain(
      path.includes(RUNTIME.slice(6)) ? path : content,
    );
    expect(written("output")).toContain("failed");
  });

  test("is judged again by control, with the secrets that it alone holds", async () => {
    const proposals = { implement: `{"summary":"${base64(SEAL)}"}`, verify: '{"summary":"fine"}' };
    for (const [worker, text] of Object.entries(proposals)) {
      writeFileSync(join(folder, `${worker}.json`), text);
    }
    const digests = Object.entries(proposals).map(
      ([worker, text]) => `${worker}=${digestOf(text)}`,
    );
    for (const [name, value] of Object.entries({
      "INPUT_SEAL-KEY": SEAL,
      INPUT_IDENTITY: "41898282 github-actions[bot]",
      INPUT_HANDOVER: folder,
      "INPUT_PROPOSAL-DIGESTS": digests.join(" "),
    })) {
      vi.stubEnv(name, value);
    }
    const handover = await readControlHandover(createRunner());
    expect(handover.proposals).toMatchObject([
      {
        worker: "implement",
        leak: {
          code: "secret-leaked",
          subject: "the proposal of implement: summary:1",
          found: "the value of FACTORY_SEAL_KEY, as base64",
        },
      },
      { worker: "verify" },
    ]);
    expect(handover.proposals[1]).not.toHaveProperty("leak");
    expect(handover.secrets).toContainEqual({ name: "FACTORY_SEAL_KEY", value: SEAL });
  });
});

describe("the secrets of a job", () => {
  test("are named as people know them, each once, and never empty", () => {
    const environment = {
      HOME: "/root",
      INPUT_TOKEN: "a",
      GITHUB_TOKEN: "a",
      "INPUT_SEAL-KEY": " ",
      "INPUT_ORDER-DIGEST": "d",
      "INPUT_MODEL-API-KEY": "b",
      ACTIONS_RUNTIME_TOKEN: "c",
    };
    expect(secretsOfJob(environment)).toEqual([
      { name: "GITHUB_TOKEN", value: "a" },
      { name: "MODEL_API_KEY", value: "b" },
      { name: "ACTIONS_RUNTIME_TOKEN", value: "c" },
    ]);
  });
});

describe("unpacking", () => {
  test.each([
    ["gzip", gzipSync("hello")],
    ["gzip with bytes behind it", Buffer.concat([gzipSync("hello"), Buffer.from([1, 2, 3, 4])])],
    ["gzip with its end cut off", gzipSync("hello").subarray(0, -4)],
    ["gzip with a file's name", named(gzipSync("hello"), "key.txt")],
  ])("opens %s", (_name, bytes) => {
    expect(new TextDecoder().decode(inflate(bytes))).toBe("hello");
  });

  test("gives up at other bytes, and at more than it looks at", () => {
    expect(inflate(Buffer.from("plain text"))).toBeUndefined();
    expect(inflate(gzipSync(Buffer.alloc(9_000_000)))).toBeUndefined();
  });
});

function named(packed: Buffer, name: string): Buffer {
  const head = Buffer.from(packed.subarray(0, 10));
  head[3] = 8;
  return Buffer.concat([head, Buffer.from(`${name}\0`), packed.subarray(10)]);
}
