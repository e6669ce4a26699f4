import { join } from "node:path";
import { Mode } from "../../domain/config/schema.ts";
import { canonicalJson, digestOf } from "../../domain/digest.ts";
import { PROOF_BYTES } from "../../domain/evidence/change-proof.ts";
import { StagedWorld } from "../../domain/github/staged.ts";
import type { Order, Worker } from "../../domain/order.ts";
import type { Delivery } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { createSecretScan, type SecretScan } from "../../domain/secrets/scan.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { Runner } from "../../ports/runner.ts";
import { parseHanded, readHanded } from "./handed-file.ts";
import { inflate, secretsOfJob } from "./job-secrets.ts";
import { readOrder, temporaryFolder, writeOrder } from "./order-file.ts";
import { readDeliveries, readPairs } from "./proposal-files.ts";
import { refuseLeakInText } from "./withhold.ts";

type JobResult = "success" | "failure" | "cancelled" | "skipped";

/** All inputs of a control job: its inputs, the event, and the unread results of this run's workers. */
export async function readControlHandover(runner: Runner) {
  const issue = runner.input("issue");
  if (!/^[0-9]*$/.test(issue)) throw new Error(`Input issue: expected a number, found "${issue}".`);
  const digest = runner.input("order-digest");
  const sealKey = runner.input("seal-key");
  if (sealKey !== "") runner.secret(sealKey);
  const [id, login] = runner.input("identity").split(" ");
  if (!/^[1-9][0-9]*$/.test(id ?? "") || login === undefined) {
    throw new Error(
      'Input identity: expected a numeric id and a login, like "41898282 github-actions[bot]".',
    );
  }
  const secrets = secretsOfJob(process.env);
  const scan = createSecretScan(secrets, { inflate });
  return {
    run: runner.run,
    event: await runner.event(),
    ...(issue === "" ? {} : { issue: Number(issue) }),
    ...readRounds(runner),
    ...readMode(runner),
    ...(await readStaged(runner)),
    ...(await readProof(runner)),
    ...(digest === "" ? {} : { ...(await readOwnOrder(runner)), orderDigest: digest }),
    proposals: (await readDeliveries(runner)).map((delivery) => judged(delivery, scan)),
    secrets,
    jobResults: Object.fromEntries(readPairs(runner.input("job-results"))) as Partial<
      Record<Worker, JobResult>
    >,
    ...(sealKey === "" ? {} : { sealKey }),
    identity: { id: Number(id), login },
  };
}

/** The number of this job's attempt in its run, and how many attempts may follow. */
function readRounds(runner: Runner): { readonly round?: number; readonly roundsLeft?: number } {
  const round = readCount(runner, { name: "round", least: 1 });
  const roundsLeft = readCount(runner, { name: "rounds-left", least: 0 });
  return {
    ...(round === undefined ? {} : { round }),
    ...(roundsLeft === undefined ? {} : { roundsLeft }),
  };
}

function readCount(
  runner: Runner,
  { name, least }: { readonly name: string; readonly least: number },
): number | undefined {
  const said = runner.input(name);
  if (said === "") return undefined;
  if (/^[0-9]{1,2}$/.test(said) && Number(said) >= least) return Number(said);
  throw new Error(`Input ${name}: expected a number from ${least} to 99, found "${said}".`);
}

function readMode(runner: Runner): { readonly mode?: Mode } {
  const said = runner.input("mode");
  if (said === "") return {};
  const { data } = Mode.safeParse(said);
  if (data !== undefined) return { mode: data };
  throw new Error(`Input mode: expected ${Mode.options.join(" or ")}, found "${said}".`);
}

/** Limit before parsing, in bytes: twenty comments of GitHub's largest size, escaped. */
const LARGEST_STAGED = 8_000_000;

/** What the previous job would have written. Throws if it was announced and is missing, because the mode is then unknown. */
async function readStaged(runner: Runner): Promise<{ readonly staged?: StagedWorld }> {
  const digest = runner.input("staged-digest");
  if (digest === "") return {};
  const name = "staged world";
  const path = join(runner.input("handover"), "staged.json");
  const bytes = await readHanded(runner, { name, path, maximumBytes: LARGEST_STAGED });
  const found = digestOf(bytes);
  if (found !== digest) throw new Error(`The ${name} has the digest ${found}, expected ${digest}.`);
  return { staged: parseHanded(StagedWorld, bytes, name) };
}

/** The result of another run, if this job should show it. An unreadable one counts as missing, and control says so. */
async function readProof(runner: Runner): Promise<{ readonly proof?: Uint8Array }> {
  if (runner.input("task") !== "prove-report") return {};
  const path = join(runner.input("handover"), "proof.json");
  try {
    // One more than the limit, so that control can report the excess.
    return { proof: await runner.readFile(path, PROOF_BYTES + 1) };
  } catch (error) {
    runner.warning("The proof of that run cannot be read.");
    runner.quote(messageOf(error));
    return {};
  }
}

/** Control checks again, with the secrets that only it has: a worker's own check is not trusted. */
function judged(delivery: Delivery, scan: SecretScan) {
  const text = new TextDecoder().decode(delivery.bytes);
  const leak = refuseLeakInText(`the proposal of ${delivery.worker}`, text, scan);
  return leak === undefined ? delivery : { ...delivery, leak };
}

/** The order of this run; without the announced one, control refuses and says so on the issue. */
async function readOwnOrder(runner: Runner): Promise<{ readonly order?: Order }> {
  try {
    return { order: await readOrder(runner, join(runner.input("handover"), "order.json")) };
  } catch (error) {
    runner.warning("The order of this run cannot be read.");
    runner.quote(messageOf(error));
    return {};
  }
}

/** Passes control's decision to the following jobs, and its reason to the person who opens this one. */
export async function writeControlResult(
  runner: Runner,
  result: {
    readonly next: string;
    readonly issue?: number;
    readonly order?: Order;
    readonly staged?: StagedWorld;
    readonly refusals: readonly Refusal[];
    readonly summary: string;
    readonly ok: boolean;
  },
  say: (refusal: Refusal) => string,
): Promise<void> {
  runner.output("next", result.next);
  if (result.issue !== undefined) runner.output("issue", String(result.issue));
  if (result.order !== undefined) await writeOrder(runner, result.order);
  if (result.staged !== undefined) await writeStaged(runner, result.staged);
  for (const refusal of result.refusals) runner.quote(say(refusal));
  await runner.summary(result.summary);
  if (!result.ok) runner.fail("Control stopped: see the summary of this job.");
}

async function writeStaged(runner: Runner, staged: StagedWorld): Promise<void> {
  const path = join(temporaryFolder(), "staged.json");
  const text = canonicalJson(staged);
  await runner.writeFile(path, text);
  runner.output("staged", path);
  runner.output("staged-digest", digestOf(text));
}
