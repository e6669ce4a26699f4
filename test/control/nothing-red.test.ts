import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Gate } from "../../src/control/gate/rule.ts";
import type { Order, Worker } from "../../src/domain/order.ts";
import { cases } from "../cases.ts";
import { CONTRACT, deliver, type Green, green, newLine, toBuilding } from "./line.ts";
import { SPOILT, type Spoilable } from "./spoilt.ts";

const PUBLISHING = [
  "publish-commit",
  "open-pull-request",
  "write-check-run",
  "merge-pull-request",
  "close-issue",
] as const;

/** Settles an attempt whose pieces were spoilt, and says what was published all the same. */
async function publishedWith(spoil: (gate: Spoilable<Gate>) => void) {
  const line = newLine();
  const building = await toBuilding(line);
  const gate: Spoilable<Gate> = JSON.parse(
    JSON.stringify({
      order: building.order,
      contract: CONTRACT,
      ...green(line.github, building.order),
      approvedDependencies: [],
      sealed: true,
    }),
  );
  const order = JSON.stringify(gate.order);
  spoil(gate);
  // What the order and its contract say was said before the work: only the three answers can be spoilt by workers.
  const relevant = JSON.stringify(gate.order) === order && same(gate.order.contract, CONTRACT);
  const { implement, verify, review } = gate;
  const before = line.github.applied.length;
  const result = await line.run("settle", {
    ...building,
    proposals: Object.entries({ implement, verify, review }).map(([worker, proposal]) =>
      deliver(worker as Worker, proposal),
    ),
  });
  // A change that only its tree gives away is handed over with that tree: GitHub's answer refuses it, and nothing moves.
  const kinds = line.github.applied
    .slice(before)
    .filter(({ receipt }) => receipt.outcome !== "refused")
    .map(({ effect }) => effect.kind);
  return {
    relevant,
    result,
    published: kinds.filter((kind) => PUBLISHING.some((one) => one === kind)),
  };
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

describe("with any red piece nothing is published", () => {
  test("whatever is spoilt, alone or together", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...SPOILT.keys()], { minLength: 1, maxLength: 4 }),
        async (chosen) => {
          const { relevant, published, result } = await publishedWith((gate) => {
            for (const index of chosen) SPOILT[index]?.[2](gate);
          });
          fc.pre(relevant);
          expect(published).toEqual([]);
          expect(result.refusals.length).toBeGreaterThan(0);
          expect(["ready", "needs-human"]).toContain(result.stage);
        },
      ),
      cases(60),
    );
  });

  test("and a control for this test: with nothing spoilt it is", async () => {
    const { published } = await publishedWith(() => undefined);
    expect(published).toContain("merge-pull-request");
  });

  /** The ledger, the label, and the comment that calls a person. */
  const ASKED = ["write-comment", "set-labels", "write-comment"];

  test.each(["implement", "verify", "review"] as const)("without %s", async (missing) => {
    const line = newLine();
    const building = await toBuilding(line);
    const { [missing]: _, ...rest } = green(line.github, building.order);
    const result = await line.run("settle", {
      ...building,
      proposals: Object.entries(rest).map(([worker, one]) => deliver(worker as Worker, one)),
    });
    expect(result.stage).toBe("needs-human");
    expect(result.receipts.map(({ kind }) => kind)).toEqual(ASKED);
  });

  test("with a byte changed anywhere in a proposal's file", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const made = deliveriesOf(green(line.github, building.order));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (which, at, by) => {
          const fresh = newLine();
          const again = await toBuilding(fresh);
          expect(again.order).toEqual(building.order);
          const proposals = made.map((one, index) => {
            if (index !== which) return one;
            const bytes = Uint8Array.from(one.bytes);
            const place = at % bytes.length;
            bytes[place] = (bytes[place] ?? 0) ^ by;
            return { ...one, bytes };
          });
          const result = await fresh.run("settle", { ...again, proposals });
          expect(result.refusals).toMatchObject([{ code: "artifact-invalid" }]);
          expect(result.receipts.map(({ kind }) => kind)).toEqual(ASKED);
        },
      ),
      cases(30),
    );
  });

  test("with an answer to another order", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const other: Order = { ...building.order, at: "2020-01-01T00:00:00.000Z" };
    const proposals = green(line.github, building.order);
    proposals.verify.order = green(line.github, other).verify.order;
    const result = await line.run("settle", { ...building, proposals: deliveriesOf(proposals) });
    expect(result.refusals).toMatchObject([{ code: "proposal-invalid" }]);
  });
});

function deliveriesOf(proposals: Green) {
  return [
    deliver("implement", proposals.implement),
    deliver("verify", proposals.verify),
    deliver("review", proposals.review),
  ];
}
