import { describe, test } from "vitest";
import type { Reports } from "./report.ts";

type Play = () => void | Promise<void>;

/** A scenario for each report of a room, no more and no fewer: the compiler counts them. */
export function room<Rows extends Reports>(
  rows: Rows,
  plays: { readonly [Id in keyof Rows]: Play },
): void {
  const scenarios = Object.entries<Play>(plays).map(
    ([id, play]) => [rows[id]?.kind, id, play] as const,
  );
  describe("a failure of others does not happen here", () => {
    test.each(scenarios)("%s: %s", { timeout: PATIENCE_MS }, async (_kind, _id, play) => {
      await play();
    });
  });
}

/** Most take milliseconds; a whole line shares the cores with every other test. */
const PATIENCE_MS = 240_000;
