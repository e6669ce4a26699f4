import { FAULT_KINDS, type Fault, type FaultKind } from "./faults.ts";
import { inPart } from "./in-part.ts";

type Fetch = (request: Request) => Promise<Response>;

/** The requests of one job. */
export interface FaultyJob {
  readonly fetch: Fetch;
  /** Rejects, with the extent, when a fault kills; otherwise it never settles. */
  readonly killed: Promise<never>;
}

/** The extent of a killing fault. Work under way is never heard of again. */
export class Killed extends Error {
  override readonly name = "Killed";
  readonly reach: "job" | "run";

  constructor(reach: "job" | "run") {
    super(`the ${reach} was killed`);
    this.reach = reach;
  }
}

/** Counts the requests of all jobs to one GitHub, and applies a fault to the named one. */
export interface FaultyGitHub {
  /** A new job. */
  job(): FaultyJob;
  /** Number of requests so far. */
  count(): number;
}

export function createFaultyGitHub(send: Fetch, fault?: Fault): FaultyGitHub {
  let sent = 0;
  const kind: FaultKind | undefined = fault && FAULT_KINDS[fault.kind];
  const isMet = (isStruck: boolean) =>
    sent === fault?.request || (isStruck && kind?.lasts === true);
  return {
    count: () => sent,
    job() {
      const { promise: killed, reject: die } = Promise.withResolvers<never>();
      // A waiting caller hears of it; nobody has to wait.
      killed.catch(() => undefined);
      let isStruck = false;
      let isDead = false;
      return {
        killed,
        async fetch(request) {
          if (isDead) return await NEVER;
          sent += 1;
          isStruck = isMet(isStruck);
          if (!isStruck || kind === undefined) return await send(request);
          await carryOut(kind, request, send);
          isDead = isDeadly(kind.hears);
          return await heard(kind.hears, die);
        },
      };
    },
  };
}

async function carryOut({ isApplied }: FaultKind, request: Request, send: Fetch): Promise<void> {
  if (isApplied !== false) await send(isApplied === true ? request : await inPart(request));
}

function heard(hears: FaultKind["hears"], die: (killed: Killed) => void): Promise<Response> {
  if (!isDeadly(hears)) return Promise.try(() => answerOf(hears));
  die(new Killed(hears.kills));
  return NEVER;
}

type Deadly = Extract<FaultKind["hears"], { readonly kills: unknown }>;

function isDeadly(hears: FaultKind["hears"]): hears is Deadly {
  return typeof hears === "object" && "kills" in hears;
}

/** A dead process waits for this. */
const NEVER = new Promise<never>(() => undefined);

function answerOf(hears: Exclude<FaultKind["hears"], Deadly>): Response {
  if (hears === "reset") {
    throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
  }
  const { answer, message, retryAfterSeconds } = hears;
  const headers = {
    "content-type": "application/json",
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
  };
  return new Response(JSON.stringify({ message }), { status: answer, headers });
}
