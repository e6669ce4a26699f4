import type { Part } from "../../domain/github/snapshot.ts";
import type { GitHub } from "../../ports/github.ts";
import { readConfigText, SHARED_FILE } from "../observed/config-text.ts";

/** Adds the organization's config to each look at GitHub. It is read once, and only if the config names it. */
export function withSharedConfig(github: GitHub): GitHub {
  const asked = new Map<string, Promise<Part<string>>>();
  const ask = (repository: string) => {
    const answer = asked.get(repository) ?? github.textOf(repository, SHARED_FILE);
    asked.set(repository, answer);
    return answer;
  };
  return {
    ...github,
    async observe(scope) {
      const snapshot = await github.observe(scope);
      const reading = readConfigText(snapshot.configText);
      const from = "config" in reading ? reading.config.extends : undefined;
      return from === undefined ? snapshot : { ...snapshot, sharedConfig: await ask(from) };
    },
  };
}
