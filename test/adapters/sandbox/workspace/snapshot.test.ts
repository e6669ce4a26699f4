import { expect, test } from "vitest";
import { describeInside, useSandboxes } from "../sandboxes.ts";

const PATIENCE = { timeoutMs: 60_000 };

describeInside("a snapshot of a workspace", () => {
  const { open } = useSandboxes();

  test("makes others with all that a command left, caches, links and modes included, and bytes of their own", async () => {
    const first = await open({ isolation: "bubblewrap" }, { "a.txt": "one\n" });
    await first.run({
      ...PATIENCE,
      command:
        'mkdir -p bin "$XDG_CACHE_HOME" && echo tool > bin/tool && chmod 755 bin/tool && ln -s bin/tool link && echo kept > "$XDG_CACHE_HOME/c" && touch -d 2001-01-01 a.txt',
    });
    const again = await first.snapshot?.();
    await first.run({ ...PATIENCE, command: 'echo later > a.txt; rm "$XDG_CACHE_HOME/c"' });
    const others = [await again?.(), await again?.()];
    try {
      const show =
        'cat a.txt link "$XDG_CACHE_HOME/c" && stat -c "%a %Y" bin/tool a.txt | tr "\\n" " " && readlink link';
      const [one, two] = others;
      const shown = await one?.run({ ...PATIENCE, command: show });
      expect(shown?.output).toMatch(/^one\ntool\nkept\n755 \d+ 644 978307200 bin\/tool\n$/);
      await one?.run({
        ...PATIENCE,
        command: 'echo mine >> a.txt; echo mine > "$XDG_CACHE_HOME/c"',
      });
      expect((await two?.run({ ...PATIENCE, command: show }))?.output).toBe(shown?.output);
    } finally {
      for (const other of others) await other?.close();
    }
  });
});

test("without isolation there is none, because commands see where they run", async () => {
  const { createSandbox } = await import("../../../../src/adapters/sandbox/sandbox.ts");
  const sandbox = await createSandbox({ isolation: "none" });
  if ("refusal" in sandbox) throw new Error(sandbox.refusal.code);
  const workspace = await sandbox.workspace(async () => undefined);
  expect(workspace.snapshot).toBeUndefined();
  await workspace.close();
});
