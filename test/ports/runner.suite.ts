import { describe, expect, test } from "vitest";
import type { Runner } from "../../src/ports/runner.ts";

export interface RunnerUnderTest {
  readonly runner: Runner;
  /** A path below a folder that exists. */
  readonly path: string;
}

/** `open` gives a job with the input `order` = `order.json`, the event `issues` with `{"action":"labeled"}` and run 1001. */
export function runnerSuite(name: string, open: () => Promise<RunnerUnderTest>): void {
  describe(`runner port: ${name}`, () => {
    test("reads inputs; an input that was not given is empty", async () => {
      const { runner } = await open();
      expect(runner.input("order")).toBe("order.json");
      expect(runner.input("nothing")).toBe("");
    });

    test.each(["a\nb", "a\rb", "a\n::set-env::x"])("refuses the output %j", async (value) => {
      const { runner } = await open();
      expect(() => runner.output("name", value)).toThrow(/line break/);
    });

    test("writes files whole and reads them within bounds", async () => {
      const { runner, path } = await open();
      await runner.writeFile(path, "content");
      expect(Buffer.from(await runner.readFile(path, 7)).toString()).toBe("content");
      await expect(runner.readFile(path, 6)).rejects.toThrow(/6/);
      await expect(runner.readFile(`${path}.missing`, 6)).rejects.toThrow();
    });

    test("knows its event and its run", async () => {
      const { runner } = await open();
      expect(await runner.event()).toEqual({ name: "issues", payload: { action: "labeled" } });
      expect(runner.run).toMatchObject({ id: 1001, attempt: 1, workflowFile: "factory.yml" });
    });
  });
}
