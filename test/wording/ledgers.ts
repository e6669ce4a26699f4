import fc from "fast-check";
import { CHECK_CAUSES } from "../../src/domain/github/repository-check.ts";
import { HINT_CODES } from "../../src/domain/hint.ts";
import {
  appendEntry,
  type LedgerEntry,
  LedgerEvent,
  type SealedEntry,
} from "../../src/domain/ledger.ts";
import { REFUSAL_CODES } from "../../src/domain/refusal.ts";
import { STAGES } from "../../src/domain/stage.ts";
import { hostileText } from "./hostile-text.ts";

export const PLACE = { repositoryId: 7, issue: 3 } as const;
export const KEY = "a key of the tests";
const SHA = "0123456789abcdef0123456789abcdef01234567";
const DIGEST = "ab".repeat(32);

export function sealAll(entries: readonly Omit<LedgerEntry, "sequence">[]): readonly SealedEntry[] {
  return entries.reduce<readonly SealedEntry[]>(
    (ledger, entry) => appendEntry(ledger, entry, { place: PLACE, key: KEY }),
    [],
  );
}

const USAGE = {
  requests: 2,
  inputTokens: 1_200,
  cacheReadTokens: 8_000,
  cacheWriteTokens: 400,
  outputTokens: 350,
  usd: 0.0123,
  modelMs: 2_100,
};

/** The life of an issue, one entry of each kind that the happy path has. */
export const LIFE: readonly SealedEntry[] = sealAll([
  {
    at: "2026-11-02T08:00:00Z",
    run: 11,
    stage: "queued",
    event: { kind: "submitted", by: 1001, issue: DIGEST },
  },
  {
    at: "2026-11-02T08:00:40Z",
    run: 11,
    stage: "proposed",
    event: { kind: "proposed", contract: DIGEST, issue: DIGEST, comment: 501, version: 1 },
    usage: USAGE,
    durationMs: 3_200,
  },
  {
    at: "2026-11-02T08:03:00Z",
    run: 12,
    stage: "ready",
    event: { kind: "approved", by: 1001, contract: DIGEST, issue: DIGEST, comment: 502 },
  },
  {
    at: "2026-11-02T08:03:01Z",
    run: 12,
    stage: "building",
    event: { kind: "claimed", attempt: 1, branch: "factory/3-1", base: SHA },
  },
  {
    at: "2026-11-02T08:06:00Z",
    run: 12,
    stage: "gating",
    event: { kind: "published", attempt: 1, tree: SHA, commit: SHA, pullRequest: 4, risk: "low" },
    usage: USAGE,
    durationMs: 95_000,
  },
  {
    at: "2026-11-02T08:06:05Z",
    run: 12,
    stage: "smoking",
    event: { kind: "merged", pullRequest: 4, commit: SHA, tree: SHA, by: "factory" },
  },
  {
    at: "2026-11-02T08:07:00Z",
    run: 12,
    stage: "done",
    event: { kind: "smoked", commit: SHA, status: "passed" },
    durationMs: 4_000,
  },
]);

const id = fc.integer({ min: 1, max: 2 ** 40 });
const small = fc.integer({ min: 1, max: 9 });
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const text = (maximum: number) => hostileText().map((value) => value.slice(0, maximum));

function anyEvent(): fc.Arbitrary<LedgerEvent> {
  return fc
    .oneof(
      fc.record({ kind: fc.constant("submitted"), by: id, issue: hex(64) }),
      fc.record({ kind: fc.constant("asked"), questions: small }),
      fc.record({
        kind: fc.constant("proposed"),
        contract: hex(64),
        issue: hex(64),
        comment: id,
        version: small,
      }),
      fc.record({
        kind: fc.constant("approved"),
        by: id,
        contract: hex(64),
        issue: hex(64),
        comment: fc.nat(),
      }),
      fc.record({ kind: fc.constant("claimed"), attempt: small, branch: text(100), base: hex(40) }),
      fc.record({
        kind: fc.constant("sent-back"),
        attempt: small,
        findings: fc.array(text(300), { maxLength: 3 }),
      }),
      fc.record({
        kind: fc.constant("published"),
        attempt: small,
        tree: hex(40),
        commit: hex(40),
        pullRequest: id,
        risk: fc.constantFrom("low", "medium", "high"),
      }),
      fc.record({
        kind: fc.constant("merged"),
        pullRequest: id,
        commit: hex(40),
        tree: hex(40),
        by: fc.constantFrom("factory", "person"),
      }),
      fc.record({
        kind: fc.constant("smoked"),
        commit: hex(40),
        status: fc.constantFrom("passed", "failed", "unreachable", "nothing-to-probe"),
      }),
      fc.record(
        {
          kind: fc.constant("escaped"),
          pullRequest: small,
          commit: hex(40),
          fingerprint: hex(64),
          release: text(200).filter((one) => one !== ""),
        },
        { requiredKeys: ["kind", "pullRequest", "commit", "fingerprint"] },
      ),
      fc.record({
        kind: fc.constant("checked"),
        commit: hex(40),
        red: fc.array(fc.record({ name: text(100), cause: fc.constantFrom(...CHECK_CAUSES) }), {
          minLength: 1,
          maxLength: 10,
        }),
      }),
      fc.record({ kind: fc.constant("commanded"), by: id, command: text(100), comment: fc.nat() }),
      fc.record({
        kind: fc.constant("refused"),
        refusal: fc.record(
          {
            code: fc.constantFrom(...REFUSAL_CODES),
            subject: text(300),
            found: text(2_000),
            accepted: text(500),
            hint: fc.constantFrom(...HINT_CODES),
          },
          { requiredKeys: ["code", "subject"] },
        ),
      }),
    )
    .map((event) => LedgerEvent.parse(event));
}

export function anyLedger(): fc.Arbitrary<readonly SealedEntry[]> {
  return fc
    .array(
      fc.record(
        {
          at: fc
            .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
            .map((date) => date.toISOString()),
          run: fc.nat(),
          stage: fc.constantFrom(...STAGES),
          event: anyEvent(),
          usage: fc.record({
            requests: fc.nat({ max: 9_999 }),
            inputTokens: fc.nat(),
            cacheReadTokens: fc.nat(),
            cacheWriteTokens: fc.nat(),
            outputTokens: fc.nat(),
            usd: fc.double({ min: 0, max: 1e4, noNaN: true }).map(Math.abs),
            modelMs: fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs),
          }),
          durationMs: fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs),
        },
        { requiredKeys: ["at", "run", "stage", "event"] },
      ),
      { maxLength: 8 },
    )
    .map(sealAll);
}
