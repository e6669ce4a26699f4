import type { AuthorizedActor } from "../../domain/actor.ts";
import { Config } from "../../domain/config/schema.ts";
import { stageLabel } from "../../domain/label.ts";
import { type LedgerPlace, refuseSealKey, stageOfLedger } from "../../domain/ledger.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { CommentState, IssueState } from "../../domain/snapshot.ts";
import type { Stage } from "../../domain/stage.ts";
import { readConfigText } from "./config-text.ts";
import { readTrigger, type Trigger } from "./event.ts";
import { type LedgerState, readLedger } from "./ledger.ts";
import type { Situation } from "./situation.ts";

/** A situation, read: what every rule asks of it, worked out once. */
export interface View extends Situation {
  readonly trigger: Trigger | undefined;
  /** Why there is no trigger. */
  readonly triggerRefusal?: Refusal;
  /** The config at the head; the defaults where it cannot be read. */
  readonly config: Config;
  /** What is wrong with the config, or with the key of the ledger's seal. */
  readonly configRefusal?: Refusal;
  readonly prefix: string;
  readonly issue: IssueState | undefined;
  readonly ledger: LedgerState;
  /** By the ledger; labels only show it. `new` before the first entry. */
  readonly stage: Stage | "new";
  readonly actor: AuthorizedActor | undefined;
  /** The comment that rang, as it stands now. */
  readonly comment: CommentState | undefined;
}

export function readSituation(situation: Situation): View {
  const { input, snapshot } = situation;
  const reading = readConfigText(snapshot.configText);
  const config = "config" in reading ? reading.config : Config.parse({});
  const configRefusal = "refusal" in reading ? reading.refusal : refuseSealKey(input.sealKey);
  const rang = readTrigger(input.event);
  const trigger = "trigger" in rang ? rang.trigger : undefined;
  const prefix = input.order?.config.prefix ?? config.prefix;
  const queued = showsQueued(snapshot.issue, prefix);
  const ledger = readLedger(snapshot, {
    identity: input.identity.id,
    place: placeOf(situation),
    queued,
    ...(input.sealKey === undefined ? {} : { key: input.sealKey }),
  });
  const comment =
    trigger?.kind === "commented"
      ? snapshot.comments.find(({ id }) => id === trigger.comment)
      : undefined;
  return {
    ...situation,
    trigger,
    ...("refusal" in rang ? { triggerRefusal: rang.refusal } : {}),
    config,
    ...(configRefusal === undefined ? {} : { configRefusal }),
    prefix,
    issue: snapshot.issue,
    ledger,
    stage: stageOf(ledger, queued),
    actor: actorOf(situation, { trigger, comment }),
    comment,
  };
}

export function placeOf(situation: Situation): LedgerPlace {
  return {
    repositoryId: situation.snapshot.repository.id,
    issue: situation.snapshot.issue?.number ?? 0,
  };
}

function stageOf(ledger: LedgerState, queued: boolean): Stage | "new" {
  // The first entry is written when intake ends: until then the label is all there is.
  return stageOfLedger(ledger.entries) ?? (queued ? "queued" : "new");
}

function showsQueued(issue: IssueState | undefined, prefix: string): boolean {
  const queued = stageLabel(prefix, "queued").toLowerCase();
  return issue?.labels.some((label) => label.toLowerCase() === queued) ?? false;
}

/** Who rang, with the permission that GitHub reports now; undefined for a schedule or a comment that is gone. */
function actorOf(
  situation: Situation,
  rang: { readonly trigger: Trigger | undefined; readonly comment: CommentState | undefined },
): AuthorizedActor | undefined {
  const { trigger, comment } = rang;
  if (trigger === undefined || trigger.kind === "schedule") return undefined;
  if (trigger.kind === "commented") return comment?.author;
  const { permissions } = situation.snapshot;
  const { by } = trigger;
  const permission = Object.hasOwn(permissions, by.login) ? permissions[by.login] : undefined;
  return { ...by, permission: permission ?? "none" };
}

/** The address of the repository for links, without a trailing slash. */
export function repositoryUrl({ input }: Situation): string {
  return `${input.run.serverUrl.replace(/\/+$/, "")}/${input.run.repository}`;
}
