import type { Workspace } from "../../../ports/sandbox.ts";

/**
 * Browsers that playwright-core drives, as runners' images have them. Debian's own command reads /etc, which is not seen
 * inside: its program stands first.
 */
const BROWSERS = [
  "/usr/lib/chromium/chromium",
  ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
];
/** One that `setup` installed for exactly this version goes before all of them. */
const OWN = `node -p 'require("playwright-core").chromium.executablePath()' 2>/dev/null`;
const FIND = `for one in "$(${OWN})" ${BROWSERS.join(" ")}; do if path=$(command -v "$one") && "$path" --version >/dev/null 2>&1; then echo "$path"; exit 0; fi; done; exit 1`;
const DRIVER = `node -e 'require.resolve("playwright-core")'`;
const FIND_MS = 30_000;

/** The browser that runs in the sandbox; or why no script for one can. */
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
    : {
        reason: `no browser runs in the sandbox of this runner: looked for ${BROWSERS.join(", ")}`,
      };
}
