import { z } from "zod";

/** Conditions on a request for a turn or a session. Texts are substrings; all given ones must hold. */
export const Matcher = z.strictObject({
  systemMessage: z.string().optional(),
  /** In the newest user message that is not only tool results. */
  userMessage: z.string().optional(),
  /** How many replies of the assistant the request carries. */
  turnIndex: z.int().nonnegative().optional(),
  /** In one of the tool results of the newest message. */
  toolResultContains: z.string().optional(),
  /** The whole model id. */
  model: z.string().optional(),
});
export type Matcher = z.infer<typeof Matcher>;

export const FAULTS = [
  "401",
  "429",
  "500",
  "529",
  "cut-stream",
  "endless-stream",
  "reset",
  "empty",
  "max-tokens",
  "refusal",
  "malformed-tool-input",
  "other-model",
] as const;
export const Fault = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.enum(FAULTS),
);
export type Fault = (typeof FAULTS)[number];

const common = {
  when: Matcher.optional(),
  /** A turn whose `when` does not hold is skipped instead of failing the request. */
  optional: z.boolean().default(false),
  /** Played this many times in a row; `forever` until the client stops asking. */
  times: z
    .union([
      z.int().positive().max(10_000),
      z.literal("forever").transform(() => Number.POSITIVE_INFINITY),
    ])
    .default(1),
};

const Call = z
  .strictObject({
    tool: z.string().min(1),
    /** Any JSON value: the endpoint of an enemy keeps to no schema. */
    input: z.json().default({}),
    /** The raw characters of the input, JSON or not; instead of `input`. */
    rawInput: z.string().optional(),
  })
  .refine(
    ({ input, rawInput }) => rawInput === undefined || isEmpty(input),
    "a call has `input` or `rawInput`, not both",
  );

function isEmpty(input: unknown): boolean {
  return typeof input === "object" && input !== null && Object.keys(input).length === 0;
}

/** False statements of an endpoint about its own reply. */
const Lies = z.strictObject({
  stopReason: z.string().optional(),
  model: z.string().optional(),
  /** One id for all calls of the turn. */
  callId: z.string().optional(),
  /** Replaces metered figures, key by key: `{ output_tokens: 0 }`. */
  usage: z.record(z.string(), z.json()).optional(),
});
export type Lies = z.infer<typeof Lies>;

export const ReplyTurn = z
  .strictObject({
    ...common,
    text: z.string().optional(),
    calls: z.array(Call).min(1).optional(),
    /** The structured answer that ends the task. */
    json: z.record(z.string(), z.unknown()).optional(),
    /** Calls tools that the request does not offer, like a hallucinating model. */
    unknownTools: z.boolean().default(false),
    /** Sends everything, however many tokens the request allows. */
    beyondMaximum: z.boolean().default(false),
    lies: Lies.optional(),
  })
  .refine(
    ({ text, calls, json }) => text !== undefined || calls !== undefined || json !== undefined,
    "a turn says something: `text`, `calls`, `json`, `fault` or `raw`",
  );
export type ReplyTurn = z.infer<typeof ReplyTurn>;

export const FaultTurn = z.strictObject({
  ...common,
  fault: Fault,
  /** Seconds in the `retry-after` header of 429, 500 and 529. */
  retryAfter: z.number().nonnegative().max(86_400).optional(),
});
export type FaultTurn = z.infer<typeof FaultTurn>;

const HeaderName = z.string().regex(/^[A-Za-z0-9-]+$/, "expected a header name");
const HeaderValue = z.string().regex(/^[\x20-\x7e]*$/, "expected visible ASCII");

/** A raw answer of the endpoint: nothing is added or checked. */
export const RawTurn = z.strictObject({
  ...common,
  raw: z.strictObject({
    status: z.int().min(200).max(599).default(200),
    headers: z
      .record(HeaderName, HeaderValue)
      .default({ "content-type": "text/event-stream; charset=utf-8" }),
    body: z.string().default(""),
    /** The encoding of `body`. */
    encoding: z.enum(["utf-8", "base64"]).default("utf-8"),
  }),
});
export type RawTurn = z.infer<typeof RawTurn>;

export type Turn = ReplyTurn | FaultTurn | RawTurn;

export const Session = z.strictObject({
  when: Matcher.optional(),
  turns: z.array(z.unknown()).min(1),
});

const OwnerTurn = z.union([
  /**
   * `let-run`: lets runs begin that wait for a person on the pull request. `ring`: starts the caller workflow with the
   * number of the issue, as the heartbeat does.
   */
  z.enum(["approve", "merge", "let-run", "ring"]),
  /** A commit on the default branch or on the pull request that replaces one text of a file. */
  z.strictObject({
    push: z.strictObject({
      to: z.enum(["default-branch", "pull-request"]),
      path: z.string(),
      old_string: z.string().min(1),
      new_string: z.string(),
    }),
  }),
  /** A person's pull request from the present default branch, with replaced texts of files. */
  z.strictObject({
    offer: z.strictObject({
      branch: z.string().min(1),
      title: z.string().min(1),
      edits: z
        .array(
          z.strictObject({
            path: z.string(),
            old_string: z.string().min(1),
            new_string: z.string(),
          }),
        )
        .min(1),
    }),
  }),
  z.strictObject({ answer: z.string().min(1) }),
  /** `on` is the branch of such a pull request; the issue if absent. */
  z.strictObject({ command: z.string().startsWith("/factory "), on: z.string().optional() }),
  /** A review of the pull request that asks for changes, with comments on lines of its head. */
  z.strictObject({
    review: z.strictObject({
      body: z.string().min(1),
      comments: z
        .array(z.strictObject({ path: z.string(), line: z.int().positive(), body: z.string() }))
        .default([]),
    }),
  }),
]);
/** A person's action while the factory waits, which the demo and the rehearsal play. */
export type OwnerTurn = z.infer<typeof OwnerTurn>;

export const ROLE_NAMES = [
  "intake",
  "architect",
  "tester",
  "coder",
  "reviewer",
  "auditor",
  "judge",
] as const;

export const Shell = z.strictObject({
  version: z.literal(1).default(1),
  /** Additional model ids that the endpoint knows. */
  models: z.array(z.string()).default([]),
  roles: z.partialRecord(z.enum(ROLE_NAMES), z.array(z.unknown()).min(1)),
  owner: z.array(OwnerTurn).default([]),
});

/** One conversation with a role. */
export interface ScriptSession {
  readonly when?: Matcher;
  readonly turns: readonly Turn[];
}

export interface Script {
  readonly file: string;
  readonly models: readonly string[];
  readonly roles: ReadonlyMap<string, readonly ScriptSession[]>;
  readonly owner: readonly OwnerTurn[];
}
