import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyTogether,
  type Written,
} from "../../../../src/adapters/github/together/apply-together.ts";
import { inverseOf } from "../../../../src/adapters/github/together/groups.ts";
import type { Effect } from "../../../../src/domain/github/effect.ts";
import { endsList, type Receipt } from "../../../../src/domain/github/receipt.ts";
import { CHECK, CLAIM, CLOSE, COMMENT, EDIT, FORMER, LABELS, MERGE } from "./effects.ts";

const SECOND = { ...LABELS, key: "andon", add: ["factory:andon"], remove: [] } satisfies Effect;
const GROUP: readonly Effect[] = [COMMENT, LABELS, SECOND, CLOSE];

/** What happens to the document: how many of its effects GitHub does before nobody hears of it any more. */
interface Trouble {
  /** Keys that GitHub refuses, each time. */
  readonly refused?: readonly string[];
  /** Keys that GitHub refuses in the document alone. */
  readonly refusedOnce?: readonly string[];
  readonly lostAfter?: number;
  /** Somebody else holds the claim. */
  readonly taken?: boolean;
}

/** A GitHub that knows what was done by keys. An inverse takes away what it is the inverse of. */
function world({ refused = [], refusedOnce = [], lostAfter, taken = false }: Trouble = {}) {
  const done = new Set<string>();
  const asked: string[] = [];
  const doOne = (effect: Effect, no: readonly string[]): Receipt => {
    const { kind, key } = effect;
    const name = { kind, key } as const;
    if (no.includes(key)) {
      const failure = { cause: "refused-by-github", status: 403, reason: "no" } as const;
      return { ...name, outcome: "refused", ...failure };
    }
    if (taken && kind === "claim-branch") return { ...name, kind, outcome: "already" };
    const original = key.replace(/\/back$/, "");
    const isThere = key === original ? done.has(key) : !done.has(original);
    if (key === original) done.add(key);
    else done.delete(original);
    return { ...name, outcome: isThere ? "already" : "done" } as Receipt;
  };
  return {
    done,
    asked,
    inverse: (effect: Effect) => inverseOf(effect, effect === EDIT ? FORMER : undefined),
    applyOne: async (effect: Effect) => {
      asked.push(effect.key);
      return doOne(effect, refused);
    },
    write: async (effects: readonly Effect[]): Promise<Written> => {
      const heard = effects
        .slice(0, lostAfter)
        .map((effect) => doOne(effect, [...refused, ...refusedOnce]));
      if (lostAfter !== undefined) return "unknown";
      return heard.map((receipt) => (endsList(receipt) ? undefined : receipt));
    },
  };
}

async function together(effects: readonly Effect[], trouble?: Trouble) {
  const github = world(trouble);
  const receipts = await applyTogether(effects, github);
  return { receipts, done: [...github.done].sort(), asked: github.asked };
}

/** One effect after the other, none behind a refusal: what a document has to come to. */
async function oneByOne(
  effects: readonly Effect[],
  refused: readonly string[] = [],
  trouble: Trouble = {},
) {
  const github = world({ ...trouble, refused });
  const receipts: Receipt[] = [];
  for (const effect of effects) {
    const receipt = await github.applyOne(effect);
    receipts.push(receipt);
    if (endsList(receipt)) break;
  }
  return { receipts, done: [...github.done].sort() };
}

const group = fc.integer({ min: 1, max: GROUP.length }).map((size) => GROUP.slice(0, size));
const key = fc.constantFrom(...GROUP.map((effect) => effect.key));

describe("one document", () => {
  test("comes to what its effects come to one by one, whichever of them GitHub refuses", async () => {
    await fc.assert(
      fc.asyncProperty(
        group,
        fc.subarray(GROUP.map((one) => one.key)),
        async (effects, refused) => {
          const { receipts, done } = await together(effects, { refused });
          expect({ receipts, done }).toEqual(await oneByOne(effects, refused));
        },
      ),
    );
  });

  test("is finished where its answer is lost, however much of it was done, or one of it is refused", async () => {
    const lost = fc.integer({ min: 0, max: GROUP.length });
    await fc.assert(
      fc.asyncProperty(group, lost, fc.option(key), async (effects, lostAfter, no) => {
        const refused = no === null ? [] : [no];
        const { receipts, done } = await together(effects, { lostAfter, refused });
        expect({ receipts, done }).toEqual(await oneByOne(effects, refused));
      }),
    );
  });

  test("does again alone what was refused in it once, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(group, key, async (effects, once) => {
        const { receipts, done, asked } = await together(effects, { refusedOnce: [once] });
        expect({ receipts, done }).toEqual(await oneByOne(effects));
        expect(asked).toEqual(effects.some((effect) => effect.key === once) ? [once] : []);
      }),
    );
  });

  test("keeps a merge behind a check run that GitHub refused: nothing hangs on it", async () => {
    const { receipts, done } = await together([CHECK, MERGE], { refused: [CHECK.key] });
    expect(receipts).toMatchObject([
      { kind: "write-check-run", outcome: "refused" },
      { kind: "merge-pull-request", outcome: "done" },
    ]);
    expect(done).toEqual([MERGE.key]);
  });

  test("claims, records and labels as one by one would: nothing stands behind a claim that is taken or refused", async () => {
    const all = [CLAIM, EDIT, LABELS];
    const no = fc.subarray(all.map((one) => one.key));
    await fc.assert(
      fc.asyncProperty(no, fc.boolean(), async (refused, taken) => {
        const { receipts, done } = await together(all, { refused, taken });
        expect({ receipts, done }).toEqual(await oneByOne(all, refused, { taken }));
      }),
    );
  });

  test("does not take a claim for its own that stands after an answer that was lost", async () => {
    for (const lostAfter of [0, 1, 2, 3]) {
      const { receipts, done } = await together([CLAIM, EDIT, LABELS], { lostAfter, taken: true });
      expect(receipts).toEqual([{ kind: "claim-branch", key: CLAIM.key, outcome: "already" }]);
      expect(done).toEqual([]);
    }
  });

  test("keeps a comment that stands alone behind one that was refused, and takes back the labels", async () => {
    const alone = { ...COMMENT, key: "alone", standsAlone: true } satisfies Effect;
    const all = [COMMENT, alone, LABELS];
    const { receipts, done } = await together(all, { refused: [COMMENT.key] });
    expect(receipts).toMatchObject([
      { key: COMMENT.key, outcome: "refused" },
      { key: "alone", outcome: "done" },
    ]);
    expect(done).toEqual(["alone"]);
    expect((await together(all)).done).toEqual(["alone", COMMENT.key, LABELS.key].sort());
  });

  test("tells of what could not be taken back", async () => {
    const stuck = `${LABELS.key}/back`;
    const { receipts } = await together([COMMENT, LABELS], { refused: [COMMENT.key, stuck] });
    expect(receipts).toMatchObject([
      { kind: "write-comment", outcome: "refused" },
      { kind: "set-labels", outcome: "done" },
    ]);
  });
});
