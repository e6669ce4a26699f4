import { describe, expect, test } from "vitest";
import type { Web } from "../../src/ports/web.ts";

const BOUNDS = { timeoutMs: 5_000, maximumBytes: 1_000 };

/** `open` gives a web in which `/health` of the address answers 200 "ok" and `/missing` answers 404 "no". */
export function webSuite(
  name: string,
  open: () => Promise<{ readonly web: Web; readonly address: string }>,
): void {
  describe(`web port: ${name}`, () => {
    test("answers status and body", async () => {
      const { web, address } = await open();
      expect(await web.get(`${address}/health`, BOUNDS)).toMatchObject({
        kind: "answered",
        status: 200,
        body: "ok",
      });
      expect(await web.get(`${address}/missing`, BOUNDS)).toMatchObject({
        kind: "answered",
        status: 404,
        body: "no",
      });
    });

    test("answers bytes, and says whether they are all", async () => {
      const { web, address } = await open();
      const bytes = new TextEncoder().encode("ok");
      const whole = await web.download(`${address}/health`, { ...BOUNDS, maximumBytes: 2 });
      expect(whole).toMatchObject({ kind: "answered", status: 200, complete: true });
      if (whole.kind === "answered") expect(new Uint8Array(whole.bytes)).toEqual(bytes);
      const part = await web.download(`${address}/health`, { ...BOUNDS, maximumBytes: 1 });
      expect(part).toMatchObject({ kind: "answered", complete: false });
    });
  });
}
