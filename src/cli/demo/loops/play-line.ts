import { commandLine } from "../../../domain/command.ts";
import { stagesOf } from "../../../domain/label.ts";
import type { SealedEntry } from "../../../domain/ledger.ts";
import type { OwnerTurn } from "../../../twin/model/script.ts";
import { sayTurn, takeAction, takeFavour } from "../../shared/owner-turns.ts";
import { readLedger } from "../../story/read-ledger.ts";
import type { Playing } from "../audit.ts";
import { PREFIX } from "../raise-twin.ts";
import { type IssueAnswer, issuesOf } from "./issues.ts";

/** As `workflow-templates/factory.yml` has it. */
const HEARTBEAT = "41 * * * *";
/** More than one issue asks for on its way; a line that asks for the same again and again has to end. */
const MOST_TURNS = 12;

/**
 * What follows where a loop has put issues of its own on the line: the heartbeat rings for them, and the owner says yes to what
 * is asked, until all of them rest. Answers what the owner did.
 */
export async function playLine(playing: Playing, loop: string): Promise<readonly string[]> {
  const { twin, repository, terminal } = playing;
  terminal.line(`  ${terminal.style("cyan", "●")} the heartbeat rings for what waits`);
  twin.github.emitSchedule(repository, HEARTBEAT);
  const did: string[] = [];
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    await twin.runner.idle();
    const next = await nextTurn(playing, loop);
    if (next === undefined) return did;
    const { issue, turn } = next;
    terminal.line(`  ${terminal.style("yellow", "●")} OWNER on #${issue}: ${sayTurn(turn)}`);
    did.push(withoutDigests(await takeAction({ twin, repository, prefix: PREFIX, issue, turn })));
  }
  return did;
}

/** Digests are of bytes, which differ where the machine does. */
function withoutDigests(action: string): string {
  return action.replaceAll(/ [0-9a-f]{64}/g, "");
}

async function nextTurn(
  playing: Playing,
  loop: string,
): Promise<{ readonly issue: number; readonly turn: OwnerTurn } | undefined> {
  const open = (await issuesOf(playing, loop)).filter(({ state }) => state === "open");
  for (const one of open) {
    const turn = await turnOn(playing, one);
    if (turn !== undefined) return { issue: one.number, turn };
  }
  return undefined;
}

async function turnOn(
  { twin, repository }: Playing,
  { number, labels }: IssueAnswer,
): Promise<OwnerTurn | undefined> {
  const [shown] = stagesOf(
    PREFIX,
    labels.map(({ name }) => name),
  );
  if (shown === undefined) return undefined;
  const path = `/repos/${repository}/issues/${number}/comments?per_page=100`;
  const comments = (await twin.request("GET", path)) as Parameters<typeof readLedger>[0];
  const ledger = readLedger(comments);
  return takeFavour(shown, ledger) ?? (shown === "needs-human" ? approveBytes(ledger) : undefined);
}

/** Of dependency files, as the refusal shows them. */
function approveBytes(ledger: readonly SealedEntry[]): OwnerTurn | undefined {
  const last = ledger.at(-1)?.event;
  const asked = last?.kind === "refused" ? last.refusal.hint : undefined;
  if (typeof asked !== "object" || asked.code !== "approve-lockfile") return undefined;
  return { command: commandLine("approve-lockfile", ` ${asked.digest}`) };
}
