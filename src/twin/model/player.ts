import {
  excerpt,
  mismatch,
  newestResults,
  newestUserText,
  roleOf,
  turnIndexOf,
} from "./matching.ts";
import type { MessagesRequest } from "./request.ts";
import { ReplyTurn, type Script, type ScriptSession, type Turn } from "./script.ts";

/** Place of a request in the script. `session` and `turn` count from 1. */
export interface Place {
  readonly role: string;
  readonly session: number;
  readonly turn: number;
}

export type Play =
  | { readonly kind: "turn"; readonly place: Place; readonly turn: Turn }
  | { readonly kind: "lost"; readonly role: string; readonly message: string };

interface Progress {
  readonly role: string;
  readonly index: number;
  readonly session: ScriptSession;
  /** First message; together with the role, it identifies a conversation. */
  readonly opening: string;
  turn: number;
  played: number;
  /** Number of replies in the newest request. */
  carried: number;
  last: { readonly place: Place; readonly turn: Turn } | undefined;
}

/**
 * Plays each role's sessions in order. A request without a reply of the assistant opens a conversation and takes the
 * next session whose `when` holds; the following requests of that conversation take its turns in order.
 */
export class Player {
  readonly #script: Script;
  readonly #conversations: Progress[] = [];

  constructor(script: Script) {
    this.#script = script;
  }

  /** @param isRetry the client says that it sends the same request again */
  play(request: MessagesRequest, isRetry: boolean): Play {
    const role = roleOf(request);
    if (role === undefined) return this.#lost("", 'the system prompt has no line "role: NAME"');
    const progress = this.#find(role, request, isRetry);
    if (typeof progress === "string") return this.#lost(role, progress);
    const carried = turnIndexOf(request);
    const isRepeated = isRetry && hasReplied(progress) && carried === progress.carried;
    progress.carried = carried;
    if (isRepeated && progress.last !== undefined) return { kind: "turn", ...progress.last };
    const next = advance(progress, request);
    if (typeof next === "string") return this.#lost(role, next);
    progress.last = next;
    return { kind: "turn", ...next };
  }

  /** Unused parts of the script: `coder, session 2, turn 1`. Optional turns are not included. */
  unplayed(): readonly string[] {
    return [...this.#script.roles].flatMap(([role, sessions]) =>
      sessions.flatMap((session, index) => {
        const progress = this.#conversations.find((candidate) => candidate.session === session);
        return session.turns.flatMap((turn, at) => {
          const isOver = progress !== undefined && isPlayed(progress, at);
          return isOver || turn.optional ? [] : [`${role}, session ${index + 1}, turn ${at + 1}`];
        });
      }),
    );
  }

  #find(role: string, request: MessagesRequest, isRetry: boolean): Progress | string {
    const carried = turnIndexOf(request);
    const opening = openingOf(request);
    const known = this.#conversations.findLast(
      (progress) => progress.role === role && progress.opening === opening,
    );
    if (known !== undefined && (carried > 0 || isRetry || !hasReplied(known))) return known;
    if (carried > 0)
      return `role "${role}": no conversation with this first message was begun here`;
    const opened = this.#open(role, request, opening);
    if (typeof opened !== "string") this.#conversations.push(opened);
    return opened;
  }

  #open(role: string, request: MessagesRequest, opening: string): Progress | string {
    const sessions = this.#script.roles.get(role) ?? unwritten(role);
    if (sessions === undefined) {
      return `it has no role "${role}"; it has: ${[...this.#script.roles.keys()].join(", ")}`;
    }
    const taken = this.#conversations.map(({ session }) => session);
    const index = sessions.findIndex(
      (session) => !taken.includes(session) && mismatch(session.when, request) === undefined,
    );
    const session = sessions[index];
    if (session === undefined) {
      const begun = this.#conversations.filter((progress) => progress.role === role).length;
      return `role "${role}" has ${sessions.length} session(s), ${begun} begun, and none is left for a conversation that opens with ${quoted(newestUserText(request))}`;
    }
    return { role, index, session, opening, turn: 0, played: 0, carried: 0, last: undefined };
  }

  #lost(role: string, message: string): Play {
    const said = `the script ${this.#script.file} cannot go on: ${message}`;
    return { kind: "lost", role, message: said };
  }
}

/**
 * A script without a tester leaves the tests to the coder, as older scripts do, and says so for the reader of the run.
 * Each opening is a conversation of its own.
 */
function unwritten(role: string): readonly ScriptSession[] | undefined {
  if (role !== "tester") return undefined;
  const json = {
    summary: "The script plays no tester.",
    proofs: [],
    open: [{ criterion: "all", because: "the script plays no tester" }],
  };
  return [{ turns: [ReplyTurn.parse({ json })] }];
}

function advance(
  progress: Progress,
  request: MessagesRequest,
): { readonly place: Place; readonly turn: Turn } | string {
  const { role, index, session } = progress;
  for (;;) {
    const turn = session.turns[progress.turn];
    if (turn === undefined) {
      const newest = newestResults(request) || newestUserText(request);
      return `role "${role}", session ${index + 1}: all ${session.turns.length} turn(s) are played, but the request asks for another; its newest text: ${quoted(newest)}`;
    }
    const place = { role, session: index + 1, turn: progress.turn + 1 };
    const fault = mismatch(turn.when, request);
    const mayMoveOn = turn.optional || progress.played > 0;
    step(progress, turn, fault === undefined);
    if (fault === undefined) return { place, turn };
    if (!mayMoveOn)
      return `role "${role}", session ${place.session}, turn ${place.turn} expects ${fault}`;
  }
}

function step(progress: Progress, turn: Turn, isPlayed: boolean): void {
  if (isPlayed) progress.played += 1;
  if (isPlayed && progress.played < turn.times) return;
  progress.turn += 1;
  progress.played = 0;
}

/** An endless turn never counts as done. */
function isPlayed({ session, turn, played }: Progress, at: number): boolean {
  const isForever = session.turns[at]?.times === Number.POSITIVE_INFINITY;
  return at < turn || (at === turn && isForever && played > 0);
}

/** Neither a fault nor raw bytes are a reply: the client repeats the request. */
function hasReplied({ last }: Progress): boolean {
  return last !== undefined && !("fault" in last.turn) && !("raw" in last.turn);
}

function openingOf(request: MessagesRequest): string {
  const content = request.messages[0]?.content ?? [];
  return JSON.stringify(content.map(({ cache_control: _marker, ...block }) => block));
}

function quoted(text: string): string {
  return JSON.stringify(excerpt(text));
}
