import type { ReachedJob } from "./job.ts";

/** Actions that run an agent, by the names that their makers publish. Others are not recognized. */
const ACTIONS: Readonly<Record<string, string>> = {
  "anthropics/claude-code-action": "Claude Code",
  "anthropics/claude-code-base-action": "Claude Code",
  "openai/codex-action": "Codex",
  "google-github-actions/run-gemini-cli": "Gemini CLI",
  "sst/opencode/github": "opencode",
  "anomalyco/opencode/github": "opencode",
  "all-hands-ai/openhands/.github/actions/openhands": "OpenHands",
  "paul-gauthier/aider": "aider",
};

/** Programs that run an agent, as the first word of a command. */
const PROGRAMS: Readonly<Record<string, string>> = {
  claude: "Claude Code",
  "claude-code": "Claude Code",
  codex: "Codex",
  gemini: "Gemini CLI",
  "gemini-cli": "Gemini CLI",
  opencode: "opencode",
  aider: "aider",
  goose: "goose",
  "cursor-agent": "Cursor",
  amp: "Amp",
  copilot: "Copilot CLI",
};

/** Which agents of others a job runs, as far as their names are known. */
export function agentsOf({ uses, commands }: ReachedJob): readonly string[] {
  const byAction = uses.flatMap((used) => ACTIONS[used.toLowerCase()] ?? []);
  const words = commands.flatMap((command) =>
    [...command.matchAll(/(?:^|[\n;&|(])\s*(?:npx\s+(?:-y\s+|--yes\s+)?)?([\w@/.-]+)/g)].map(
      ([, word = ""]) => word.split("/").at(-1)?.replace(/@.*$/, "") ?? "",
    ),
  );
  const byProgram = words.flatMap((word) =>
    Object.hasOwn(PROGRAMS, word) ? [PROGRAMS[word] ?? word] : [],
  );
  return [...new Set([...byAction, ...byProgram])].sort();
}
