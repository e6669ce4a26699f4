import type { Observation } from "./observation.ts";
import { APPROVES, CONTRACT, GOOD_WORK, proposes, SAYS_DONE } from "./world.ts";

/** A contract that allows every path: what keeps a change out then is policy alone. */
export const WIDE = proposes({ boundaries: { ...CONTRACT.boundaries, paths: ["**"] } });

/** Trust that merges anything by itself: what still needs a person is what no config can give away. */
export const FULL_TRUST = { trust: { default: "full-factory", scopes: [] } };

/** A coder that does the work, then one command that has to come to its end: what fails inside is an attack that never was. */
export function coderDoes(...lines: readonly string[]): readonly unknown[] {
  const command = ["set -e", ...lines, "echo deed-$((1 + 1))-done"].join("\n");
  return [
    { calls: GOOD_WORK },
    { calls: [{ tool: "bash", input: { command } }] },
    { when: { toolResultContains: "deed-2-done" }, ...SAYS_DONE },
  ];
}

/** A coder whose first conversation is given, and who repairs nothing when its checks fail. */
export function coderStays(first: readonly unknown[]): readonly unknown[] {
  const stays = { json: { summary: "It stays.", assumptions: [] } };
  return [first, [stays], [stays]];
}

/** Writes a file with these contents in a shell of the sandbox. */
export function lay(path: string, content: string): string {
  const folder = path.includes("/") ? `mkdir -p '${path.slice(0, path.lastIndexOf("/"))}' && ` : "";
  const bytes = Buffer.from(content).toString("base64");
  return `${folder}printf %s '${bytes}' | base64 -d > '${path}'`;
}

/** A model that says the text wherever its words are shown. */
export function saysEverywhere(text: string) {
  const line = [...text].slice(0, 350).join("");
  return {
    intake: [proposes({ goal: line, nonGoals: [line], reviewNote: line, stop: [line] })],
    architect: [{ json: { steps: [line], files: ["src/greet.js"], risks: [line] } }],
    coder: [{ calls: GOOD_WORK }, { json: { summary: text, assumptions: [line] } }],
    reviewer: [
      {
        json: {
          ...APPROVES,
          summary: line,
          assumptions: [line],
          notVerified: [line],
          smallestRollback: line,
        },
      },
    ],
  };
}

/** For a change that a person has to merge: why it cannot be said that it waits for one. */
export function doesNotWait({ requests }: Observation): string | undefined {
  const byFactory = requests.filter(({ caller }) => caller.kind === "job");
  const opened = byFactory.some(({ method, path }) => method === "POST" && path.endsWith("/pulls"));
  const merged = byFactory.some(({ method, path }) => method === "PUT" && path.endsWith("/merge"));
  if (merged) return "the factory merged what a person has to merge";
  return opened ? undefined : "no pull request was opened";
}

/** Whether a text stands in the first message of a conversation, as the factory made it: later ones hold the model's own. */
export function shown(text: string, { model }: Observation): boolean {
  return model.some(({ body }) => JSON.stringify(body?.messages[0] ?? "").includes(text));
}
