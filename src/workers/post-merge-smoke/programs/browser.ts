import type { Workspace } from "../../../ports/sandbox.ts";

/**
 * Browsers that playwright-core drives, as on runners' images. Debian's own command reads /etc, which is not visible
 * inside, so its program comes first.
 */
const BROWSERS = [
  "/usr/lib/chromium/chromium",
  ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
];
/** A browser that `setup` installed for exactly this version is preferred. */
const OWN = `node -p 'require("playwright-core").chromium.executablePath()' 2>/dev/null`;
const FIND = `for one in "$(${OWN})" ${BROWSERS.join(" ")}; do if path=$(command -v "$one") && "$path" --version >/dev/null 2>&1; then echo "$path"; exit 0; fi; done; exit 1`;
const DRIVER = `node -e 'require.resolve("playwright-core")'`;
const FIND_MS = 30_000;

/** The browser that runs in the sandbox; or why no browser script can run. */
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
