import { describe, expect, test } from "vitest";
import type { Clock } from "../../src/ports/clock.ts";

export function clockSuite(name: string, create: () => Clock): void {
  describe(`clock port: ${name}`, () => {
    test("tells UTC and moves on while it waits", async () => {
      const clock = create();
      expect(clock.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      const before = clock.elapsed();
      await clock.wait(5);
      // Timers may be a little early against the finer clock.
      expect(clock.elapsed() - before).toBeGreaterThanOrEqual(4);
    });
  });
}
