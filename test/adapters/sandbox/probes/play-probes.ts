import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { living } from "../sandboxes.ts";
import { CANARY, type Decoys, setOutDecoys } from "./decoys.ts";
import type { Answers, Task } from "./prober.ts";
import { type Probe, probeTable } from "./table.ts";

/** The user `nobody` of every Linux. */
const NOBODY = 65_534;
const PROBER = join(import.meta.dirname, "prober.ts");
const AS_NOBODY = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
/** What a job of GitHub Actions has in its environment, and a worker besides (threats RT-05). */
const NAMES = [
  ...["ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL"],
  ...[
    "ACTIONS_RESULTS_URL",
    "ACTIONS_CACHE_URL",
    "ACTIONS_RUNTIME_URL",
    "GITHUB_TOKEN",
    "GH_TOKEN",
  ],
  ...["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"],
  ...[
    "GITHUB_EVENT_PATH",
    "GITHUB_WORKSPACE",
    "GITHUB_REPOSITORY",
    "RUNNER_TEMP",
    "RUNNER_TOOL_CACHE",
  ],
  ...["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "FACTORY_SEAL_KEY", "FACTORY_APP_PRIVATE_KEY"],
  ...[
    "INPUT_MODEL-API-KEY",
    "AWS_SECRET_ACCESS_KEY",
    "AZURE_CLIENT_SECRET",
    "NPM_TOKEN",
    "NODE_AUTH_TOKEN",
  ],
  ...[
    "SSH_AUTH_SOCK",
    "DOCKER_HOST",
    "GPG_AGENT_INFO",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
  ],
  ...[
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "NO_PROXY",
    "NODE_EXTRA_CA_CERTS",
    "BASH_ENV",
    "ENV",
  ],
  ...["LD_LIBRARY_PATH", "PERL5LIB", "PYTHONPATH", "GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL", "PS4"],
];

interface Identity {
  readonly name: string;
  readonly prefix: readonly string[];
  readonly reason: string | undefined;
}

function identities(): readonly Identity[] {
  if (process.getuid?.() !== 0) {
    return [
      { name: "as an unprivileged user", prefix: [], reason: undefined },
      { name: "as root", prefix: [], reason: "the tests are not run by root" },
    ];
  }
  const [program = "", ...rest] = AS_NOBODY;
  const reads = spawnSync(program, [...rest, process.execPath, "--check", PROBER]).status === 0;
  const reason = reads ? undefined : "user 65534 cannot start this Node or read this folder";
  return [
    { name: "as root", prefix: [], reason: undefined },
    { name: "as an unprivileged user", prefix: AS_NOBODY, reason },
  ];
}

/** What one run of the table found. */
export interface Played {
  output(title: string): string;
  /** Names of the environment that the sandbox is said to give. */
  readonly given: () => readonly string[];
}

/**
 * Plays the probes that are wanted as each user of `identities`, and sees that each answers as the table says and leaves
 * nothing. `more` asks further questions of the same run.
 */
export function playProbes(
  wanted: (probe: Probe) => boolean,
  more: (played: Played) => void = () => undefined,
): void {
  for (const { name, prefix, reason } of identities()) {
    const title = reason === undefined ? name : `${name} (skipped: ${reason})`;
    describe.skipIf(reason !== undefined)(title, () => playAs(prefix, wanted, more));
  }
}

function playAs(
  prefix: readonly string[],
  wanted: (probe: Probe) => boolean,
  more: (played: Played) => void,
): void {
  let root: string;
  let decoys: Decoys;
  let answers: Answers;
  const outputs = new Map<string, string>();
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "probes-"));
    chmodSync(root, 0o755);
    decoys = await setOutDecoys(root);
    const probes = probeTable(decoys).filter(wanted);
    answers = await ask(root, decoys, prefix, probes);
    for (const [index, probe] of probes.entries()) {
      outputs.set(keyOf(probe), answers.outputs[index] ?? "");
    }
  }, 180_000);
  afterAll(async () => {
    await decoys.close();
    rmSync(root, { recursive: true, force: true });
  });

  // The names of the table do not depend on where the decoys stand.
  test.each(probeTable(NO_DECOYS).filter(wanted))("$id $title", (probe) => {
    const output = outputs.get(keyOf(probe)) ?? "";
    expect(output).not.toBe("");
    expect(output).not.toContain(CANARY);
    if (probe.expect !== undefined) expect(output).toMatch(probe.expect);
    if (probe.never !== undefined) expect(output).not.toMatch(probe.never);
    if (probe.each === undefined) return;
    for (const line of output.trim().split("\n")) expect(line).toMatch(probe.each);
  });

  more({ output: (title) => outputs.get(title) ?? "", given: () => answers.given });

  test("NET-06, RT-04, RT-06, RT-09 nothing of the host was touched, and nothing is left", () => {
    expect(decoys.connections()).toBe(0);
    expect(decoys.written()).toBe("");
    expect(living(`survivor-${decoys.port}`)).toEqual([]);
    expect(readdirSync(join(root, "scratch"))).toEqual([]);
  });
}

const keyOf = ({ id, title }: Probe) => `${id} ${title}`;

const NO_DECOYS: Decoys = {
  folder: "/x",
  secretFile: "/x",
  commandFile: "/x",
  socket: "/x",
  abstractSocket: "x",
  port: 0,
  portOfVersion6: 0,
  connections: () => 0,
  written: () => "",
  close: async () => {},
};

/** Starts the prober with everything a careless worker would have: a full environment and open descriptors. */
async function ask(
  root: string,
  decoys: Decoys,
  prefix: readonly string[],
  probes: readonly Probe[],
): Promise<Answers> {
  const scratch = join(root, "scratch");
  mkdirSync(scratch);
  if (prefix.length > 0) chownSync(scratch, NOBODY, NOBODY);
  const task: Task = { scratch, commands: probes.map(({ command }) => command) };
  writeFileSync(join(root, "task.json"), JSON.stringify(task));
  const environment = Object.fromEntries(NAMES.map((name) => [name, CANARY]));
  const opened = [9, 20, 200, 251].map((number) => `${number}<"${decoys.secretFile}"`).join(" ");
  const command = [...prefix, process.execPath, PROBER, join(root, "task.json")];
  const child = spawn("bash", ["-c", `exec ${opened}; exec "$@"`, "open", ...command], {
    env: { ...environment, BASH_ENV: "", PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, complained]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk) => said.push(chunk));
  child.stderr.on("data", (chunk) => complained.push(chunk));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${code}: ${Buffer.concat(complained)}`);
  return JSON.parse(Buffer.concat(said).toString("utf8"));
}
