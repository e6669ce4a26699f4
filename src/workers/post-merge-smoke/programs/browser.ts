import type { Workspace } from "../../../ports/sandbox.ts";

/** The browsers of runners' images that playwright-core drives, by the names of their packages. */
const BROWSERS = "chromium chromium-browser google-chrome google-chrome-stable";
const FIND = `for one in ${BROWSERS}; do if path=$(command -v "$one") && "$path" --version >/dev/null 2>&1; then echo "$path"; exit 0; fi; done; exit 1`;
const DRIVER = `node -e 'require.resolve("playwright-core")'`;
const FIND_MS = 30_000;

/** The browser of the runner that runs in the sandbox; or why no script for one can. */
export async function findBrowser(
  workspace: Workspace,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  const driver = await workspace.run({ command: DRIVER, timeoutMs: FIND_MS });
  if (driver.exitCode !== 0) {
    return { reason: "playwright-core is not installed: name it in the repository's own manifest" };
  }
  const found = await workspace.run({ command: FIND, timeoutMs: FIND_MS });
  const path = found.output.trim();
  return found.exitCode === 0 && path.startsWith("/")
    ? { path }
    : { reason: `no browser runs in the sandbox of this runner: looked for ${BROWSERS}` };
}
