import type { SeenFile } from "./files-to-read.ts";

/** Files that tell an agent how a repository wants to be worked on, in the order in which they are shown to it. */
const KNOWN = [
  "agents.md",
  "claude.md",
  ".github/copilot-instructions.md",
  "gemini.md",
  "contributing.md",
  ".github/contributing.md",
  "docs/contributing.md",
  "architecture.md",
  "docs/architecture.md",
  "conventions.md",
  "docs/conventions.md",
  "style.md",
  "docs/style.md",
  "design.md",
  "docs/design.md",
  "docs/product.md",
];

/** Those that exist. A link, as CLAUDE.md often is one to AGENTS.md, says nothing of its own. */
export function findHarness(files: readonly SeenFile[]): readonly string[] {
  const present = new Map(
    files
      .filter(({ mode }) => mode.startsWith("100"))
      .map(({ path }) => [path.toLowerCase(), path]),
  );
  return KNOWN.flatMap((name) => present.get(name) ?? []);
}
