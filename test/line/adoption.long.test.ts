import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stageLabel } from "../../src/domain/label.ts";
import { STAGES } from "../../src/domain/stage.ts";
import { FILES } from "./repository.ts";
import { label, open, PATIENCE_MS, pushToMain, ROOT, raise, say, type World } from "./rig.ts";
import { jobsOf, standing, summariesOf } from "./standing.ts";

/** The numbered steps of the README's section, first to last. */
function stepsOf(heading: string): readonly string[] {
  const text = readFileSync(join(ROOT, "README.md"), "utf8");
  const section = text.split(/^## /mu).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return section
    .split(/^(?=\d+\. )/mu)
    .slice(1)
    .map((step) => step.split(/\n\n(?! )/u)[0] ?? "");
}

/** Stands in for GitHub's `gh` of somebody who is logged in: it keeps secrets and labels, and knows nothing else. */
const GH = `#!/bin/sh
case "$1 $2" in
  "secret set") mkdir -p secrets && exec tr -d '\\n' > "secrets/$3" ;;
  "label create") mkdir -p labels && touch "labels/$3" ;;
  *) echo "unknown command: gh $*" >&2; exit 1 ;;
esac
`;

/** Runs shell commands as the person does who follows the steps, with that person's key of the model on standard input. */
function type(folder: string, command: string, apiKey: string): void {
  execFileSync("bash", ["--norc", "-euo", "pipefail", "-c", command], {
    cwd: folder,
    input: apiKey,
    env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, HOME: folder },
  });
}

function commandsIn(step: string): readonly string[] {
  return [...step.matchAll(/`([^`\n]*\bgh (?:secret|label) [^`\n]*)`/gu)].map(
    ([, words = ""]) => words,
  );
}

/** A service of somebody else's, as it stood before anybody thought of a factory. */
const OWN: Readonly<Record<string, string>> = {
  ...FILES,
  "package.json": `${JSON.stringify({ name: "greeter", version: "1.0.0", private: true, type: "module", scripts: { test: "node --test" } })}\n`,
  "package-lock.json": `${JSON.stringify({ name: "greeter", version: "1.0.0", lockfileVersion: 3, requires: true, packages: { "": { name: "greeter", version: "1.0.0" } } })}\n`,
};

function desk(): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "millwright-adoption-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/gh"), GH);
  chmodSync(join(folder, "bin/gh"), 0o755);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

function secretsIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(join(folder, "secrets"));
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, "secrets", name), "utf8")]),
  );
}

function writesOfJobs(world: World): number {
  return world.twin.github
    .requests()
    .filter(({ runId, write, route }) => runId !== undefined && write && !route.startsWith("git:"))
    .length;
}

test(
  "a repository that follows the README gets its first issue merged, staged first, then for real",
  async () => {
    using person = desk();
    const { folder } = person;
    const [file = "", config = "", labels = "", secrets = "", , , staged = "", live = ""] = stepsOf(
      "Add it to your repository",
    );

    const [, from = "", to = ""] = /Copy \[`([^`]+)`\]\([^)]*\) to `([^`]+)`/u.exec(file) ?? [];
    const [, place = ""] = /in place of `([^`]+)`/u.exec(file) ?? [];
    const [, at = "", text = ""] = /```yaml (\S+)\n([\s\S]*?)\n {3}```/u.exec(config) ?? [];
    const written = text.replaceAll(/^ {3}/gmu, "");
    // A real line: the caller of the template, its permissions and the bundles are what a person adopts.
    await using world = await raise({
      runner: "twin",
      scripts: ["two-attempts", "read-twice"],
      secrets: (apiKey) => {
        for (const command of commandsIn(secrets)) type(folder, command, apiKey);
        return secretsIn(folder);
      },
      adopt: (commit) => ({
        ...OWN,
        [to]: readFileSync(join(ROOT, from), "utf8").replaceAll(place, `@${commit}`),
        [at]: `${written}\n`,
      }),
    });
    expect(secretsIn(folder).FACTORY_SEAL_KEY).toMatch(/^[0-9a-f]{64}$/u);
    for (const command of commandsIn(labels)) type(folder, command, "");
    const [, started = ""] = /label an issue `([^`]+)`/u.exec(staged) ?? [];
    expect(readdirSync(join(folder, "labels"))).toEqual([started]);

    const issue = await open(world);
    await label(world, issue);
    expect(jobsOf(world).at(-1)).toBe("settle");
    expect(writesOfJobs(world)).toBe(0);
    expect(summariesOf(world)).toContain("Staged: nothing was written.");
    expect(summariesOf(world)).toContain("<b>A pull request</b>");

    const [, line = ""] = /Remove `([^`]+)`/u.exec(live) ?? [];
    await pushToMain(world, at, written.replace(`${line}\n`, ""));
    await world.send("DELETE", `/issues/${issue}/labels/${started}`, undefined);
    await label(world, issue);
    expect((await standing(world, issue)).stages).toEqual(["proposed"]);
    const [, approval = ""] = /comment `([^`]+)`/u.exec(live) ?? [];
    await say(world, issue, approval);
    const published = await standing(world, issue);
    expect(published.ask).toMatch(/merge/iu);
    const [pull] = published.pulls;
    await world.send("PUT", `/pulls/${pull?.number}/merge`, { sha: pull?.head.sha });
    await world.idle();
    const { stages, state, events } = await standing(world, issue);
    expect({ stages, state }).toEqual({ stages: ["done"], state: "closed" });
    expect(events).toEqual(
      "submitted proposed approved claimed published merged smoked".split(" "),
    );
  },
  PATIENCE_MS,
);

test("the labels in one paste are all that the factory uses", () => {
  using person = desk();
  const page = readFileSync(join(ROOT, "docs/reference/labels.md"), "utf8");
  const [, paste = ""] = /```sh\n([\s\S]*?)```/u.exec(page) ?? [];
  type(person.folder, paste, "");
  const made = readdirSync(join(person.folder, "labels"));
  expect(made).toEqual(
    expect.arrayContaining(STAGES.map((stage) => stageLabel("factory:", stage))),
  );
  expect(made).toContain("factory:andon");
});
