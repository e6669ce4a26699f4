import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findBubblewrap } from "../../../src/adapters/sandbox/process/find-programs.ts";
import { runRehearsal } from "../../../src/cli/rehearse/rehearse.ts";
import { createTerminal } from "../../../src/cli/shared/terminal.ts";
import { createConductor } from "../../line/in-process/conductor.ts";
import { skippedFor } from "../../skipped.ts";
import { useRehearsedFolder } from "./rehearsed-folder.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

const OWN = `extends: acme/.github
checks:
  test: { run: node --test --test-reporter=tap, report: { format: tap } }
trust: { default: auto-merge-low-risk }
limits: { usdPerDay: 40 }
`;

const at = useRehearsedFolder(OWN);

/** Rehearses below an organisation whose file says this; undefined: GitHub does not answer. */
async function rehearse(file: string | undefined) {
  const said: string[] = [];
  const stream = { isTTY: false, write: (text: string) => said.push(text) };
  const send = async (request: Request) => {
    if (file === undefined) throw new Error("no network");
    return new Response(request.url.includes("/contents/") ? file : "{}");
  };
  const result = await runRehearsal({
    arguments: {
      ...{ repo: at("repository"), issue: at("issue.md"), script: at("script.yml") },
      ...{ config: undefined, base: undefined, asOwner: true, tries: true },
      ...{ json: true, quiet: false },
    },
    millwright: ROOT,
    terminal: createTerminal(stream as unknown as NodeJS.WriteStream, { quiet: false }),
    signal: new AbortController().signal,
    environment: { PATH: process.env.PATH, HOME: process.env.HOME },
    runner: createConductor,
    asking: { apiUrl: "https://api.github.com", token: undefined, send },
  });
  return { result, said: said.join("") };
}

const skipped = findBubblewrap() === undefined;

describe.skipIf(skipped)(
  `below an organisation${skippedFor(skipped, "there is no bubblewrap")}`,
  () => {
    test(
      "a rehearsal below an organisation is narrowed as on GitHub, and its sandbox still has this machine's tools",
      async () => {
        const { result, said } = await rehearse(
          "checks: { lint: node --check src/price.mjs }\nmode: staged\nsandbox: { read: [] }\n",
        );
        expect(said).toContain("narrowed by acme/.github");
        expect(result.repository.tried.map(({ name }) => name).toSorted()).toEqual([
          "lint",
          "test",
        ]);
        // Staged by the organisation alone: everything runs, and nothing is written.
        expect(result.issue.stage).not.toBe("done");
        expect(said).toContain("Staged: nothing was written.");
      },
      PATIENCE_MS,
    );

    test(
      "a file that nobody could read is said to be so, and the rehearsal goes on",
      async () => {
        const { result, said } = await rehearse(undefined);
        expect(said).toContain(
          "acme/.github does not count here: GitHub was not reached: no network",
        );
        expect(result.issue.stage, said).toBe("done");
      },
      PATIENCE_MS,
    );

    test("a file that control would refuse ends the rehearsal before it begins", async () => {
      await expect(rehearse("chekcs: {}\n")).rejects.toThrow(
        /acme\/\.github: factory\.yml: .*chekcs/,
      );
    });
  },
);
