import type { z } from "zod";
import type { Clock } from "../ports/clock.ts";
import type { Wire, WireParameters, WireReply } from "../ports/wire.ts";
import { createTally, type Tally } from "./tally.ts";

/** GitHub asks for a second between two writes: docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
export const PACE_MS = 1_000;

/** How often a request is sent that GitHub fails or limits. */
const TRIES = 6;
const NOTHING: WireReply = { status: 0, body: undefined, message: "", retryAfter: undefined };

export interface Write {
  readonly route: string;
  readonly parameters?: WireParameters;
  /** Finds a write on GitHub whose answer is lost; undefined if it was not done. */
  readonly lookUp?: () => Promise<unknown>;
}

/** Asks GitHub as a job does, paced, and counts its side effects. */
export interface Probe {
  /** A read, repeated while GitHub fails. */
  read(route: string, parameters?: WireParameters): Promise<WireReply>;
  /** A read whose answer has to have this form. Throws otherwise. */
  get<Schema extends z.ZodType>(
    schema: Schema,
    route: string,
    parameters?: WireParameters,
  ): Promise<z.infer<Schema>>;
  /** A write, repeated while GitHub fails or limits. A result found by look-up counts as its answer, with status 200. */
  write(write: Write): Promise<WireReply>;
  /** A write that has to succeed. Throws with GitHub's message otherwise. */
  make<Schema extends z.ZodType>(schema: Schema, write: Write): Promise<z.infer<Schema>>;
  /** Asks again, a pace apart, until the answer is not undefined; undefined after `times`. Seconds are since `began`, or now. */
  until<Seen>(
    times: number,
    look: () => Promise<Seen | undefined>,
    began?: number,
  ): Promise<{ readonly seen: Seen; readonly seconds: number; readonly looks: number } | undefined>;
  /** Monotonic, in ms. */
  elapsed(): number;
  readonly tally: Tally;
}

export function createProbe(
  ports: { readonly wire: Wire; readonly clock: Clock },
  paceMs: number,
): Probe {
  const { wire, clock } = ports;
  const tally = createTally();
  const send = async (route: string, parameters: WireParameters = {}) => {
    tally.asked(route);
    return wire.ask(route, parameters);
  };
  const read: Probe["read"] = async (route, parameters) => {
    for (let tried = 1; ; tried += 1) {
      const reply = await send(route, parameters);
      if (!isFailed(reply) || tried === TRIES) return reply;
      tally.failed(undefined);
    }
  };
  /** The result of a write that GitHub failed; undefined if there is none, or it is unknown. */
  const found = async (lookUp: Write["lookUp"]): Promise<WireReply | undefined> => {
    const settle = tally.failed(undefined);
    const done = await lookUp?.();
    if (lookUp !== undefined) settle(done !== undefined);
    return done === undefined ? undefined : { ...NOTHING, status: 200, body: done };
  };
  const once = async ({ route, parameters, lookUp }: Write) => {
    await clock.wait(paceMs);
    const reply = await send(route, parameters);
    const seconds = secondsToWait(reply);
    if (seconds !== undefined) {
      tally.limited(reply.status);
      await clock.wait(seconds * 1_000);
      return { reply, isOver: false };
    }
    if (!isFailed(reply)) return { reply, isOver: true };
    const done = await found(lookUp);
    return { reply: done ?? reply, isOver: done !== undefined };
  };
  const write: Probe["write"] = async (wanted) => {
    for (let tried = 1; ; tried += 1) {
      const { reply, isOver } = await once(wanted);
      if (isOver || tried === TRIES) return reply;
    }
  };
  return {
    tally,
    read,
    write,
    get: async (schema, route, parameters) => parsed(schema, route, await read(route, parameters)),
    make: async (schema, wanted) => parsed(schema, wanted.route, await write(wanted)),
    elapsed: () => clock.elapsed(),
    async until(times, look, began = clock.elapsed()) {
      for (let looks = 1; looks <= times; looks += 1) {
        const seen = await look();
        const seconds = Math.round((clock.elapsed() - began) / 1_000);
        if (seen !== undefined) return { seen, seconds, looks };
        await clock.wait(paceMs);
      }
      return undefined;
    },
  };
}

function isFailed({ status }: WireReply): boolean {
  return status === 0 || status >= 500;
}

function secondsToWait({ status, message, retryAfter }: WireReply): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  if (retryAfter !== undefined) return Math.max(1, retryAfter);
  return status === 429 || /secondary rate limit/i.test(message) ? 60 : undefined;
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  route: string,
  { status, body, message }: WireReply,
): z.infer<Schema> {
  if (status >= 300 || status === 0) throw new Error(`${route}: ${status} ${message}`);
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${route}: answer without ${issue?.path.join(".")}: ${issue?.message}`);
}
