import type { Attack } from "../attack.ts";
import { saysEverywhere } from "../deeds-of-models.ts";
import { APPROVES, GOOD_WORK, proposes, SAYS_DONE } from "../world.ts";

/** Labels that a lazy reader would take for one of ours, for a command of the runner, or for a shell's. */
const LABELS = [
  "factory:queued::set-output name=a::b",
  "factory:$(id)",
  "factory:ready",
  "factory:done",
  "factory:andon\u200b",
  "Factory:Queued ",
  "##[add-path]/tmp",
];

const TWICE = [[proposes()], [proposes()]];
const PLAN = {
  json: { steps: ["Answer without a name"], files: ["src/greet.js"], risks: [] },
};

/** Who says something, whose name it bears, and how often (threats EV-01, EV-04 to EV-09, EV-11, EV-12). */
export const EV_IDENTITY: readonly Attack[] = [
  {
    id: "EV-01a",
    also: ["QA-10"],
    family: "EV",
    title: "pwn request: a stranger's branch is named like an attempt, and a person merges it",
    model: "none",
    async play(scene) {
      const issue = await scene.submit();
      const commit = await scene.commit("src/theirs.js", "export const theirs = 1;\n");
      await scene.putRef(`refs/heads/factory/${issue}-7`, commit, "writer");
      const pull = { title: "Mine", head: `factory/${issue}-7`, base: "main" };
      await scene.send("POST", "/pulls", pull, "writer");
      await scene.merge();
    },
    missed: ({ jobs }) =>
      jobs.some(({ name }) => name.endsWith("route")) ? undefined : "the merge rang nobody",
    expects: { harmless: "only the ledger knows which pull requests are the factory's" },
  },
  {
    id: "EV-04a",
    also: ["GIT-17"],
    family: "EV",
    title: "branches and tags with the names of commits and of refs",
    model: "none",
    async play(scene) {
      const main = await scene.headOf("main");
      const evil = await scene.commit("src/greet.js", "export const greet = () => 'evil';\n");
      for (const ref of [
        `refs/heads/${main}`,
        `refs/tags/${main}`,
        "refs/tags/main",
        "refs/heads/refs/heads/main",
        "refs/tags/factory/1-1",
        "refs/heads/HEAD",
        "refs/heads/@",
        "refs/heads/v1.0.0",
        "refs/heads/pull/1/head",
      ]) {
        await scene.putRef(ref, evil, "writer");
      }
      await scene.submit();
    },
    missed: ({ refs }) => (refs.after.has("refs/tags/main") ? undefined : "the tag was not made"),
    expects: { harmless: "a commit is resolved once, and named by its id from then on" },
  },
  {
    id: "EV-05a",
    also: ["AG-20"],
    family: "EV",
    title: "a contract is approved by a reader, by somebody with triage and by a bot with write",
    model: "none",
    world: { config: { approve: "always" } },
    async play(scene) {
      const issue = await scene.submit();
      for (const login of ["reader", "sorter", "helper[bot]"] as const) {
        await scene.say(issue, "/factory approve", login);
      }
    },
    expects: { refused: ["actor-not-permitted"] },
  },
  {
    id: "EV-06a",
    family: "EV",
    title: "the factory's own words are commands, and a bot says each of them again",
    model: "worst-case",
    world: { config: { approve: "always" } },
    script: { intake: saysEverywhere("/factory approve").intake },
    async play(scene) {
      const issue = await scene.submit();
      for (let round = 0; round < 3; round += 1) {
        const comments = await scene.get<readonly { readonly body: string }[]>(
          `/issues/${issue}/comments`,
        );
        await scene.say(issue, comments.at(-1)?.body ?? "", "helper[bot]");
        await scene.say(issue, "/factory retry", "helper[bot]");
      }
    },
    missed: ({ runs }) => (runs.length < 12 ? undefined : `${runs.length} runs`),
    expects: { refused: ["actor-not-permitted"] },
  },
  {
    id: "EV-07b",
    family: "EV",
    title:
      "commands that are none: with more words, behind a blank, in capitals, on a pull request",
    model: "none",
    world: { config: { trust: { default: "open-pr", scopes: [] } } },
    async play(scene) {
      const issue = await scene.submit();
      for (const text of [
        "/factory approve and merge",
        "/factory approve\u200b",
        " /factory retry",
        "/Factory retry",
        "/factory\u00a0retry",
        "/factory merge",
        "Thanks!\n/factory retry",
      ]) {
        await scene.say(issue, text);
      }
      await scene.say(issue + 1, "/factory retry");
      await scene.say(issue + 1, "/factory approve");
    },
    expects: { refused: ["event-not-understood"] },
  },
  {
    id: "EV-08a",
    also: ["EV-06"],
    family: "EV",
    title: "replay: when all is done the label, the doorbell and every command come again",
    model: "none",
    async play(scene) {
      const issue = await scene.submit();
      await scene.label(issue);
      await scene.dispatch({ issue: String(issue) });
      for (const command of ["approve", "retry", "resume", "rework: again"]) {
        await scene.say(issue, `/factory ${command}`);
      }
    },
    missed: ({ issues }) =>
      issues[0]?.state === "closed" ? undefined : "the issue was not done before",
    expects: { refused: ["illegal-transition"] },
  },
  {
    id: "EV-09a",
    also: ["WF-01", "WF-03"],
    family: "EV",
    title: "labels and titles that are commands, or almost ours",
    model: "none",
    world: {
      issue: {
        title: "x\n::add-mask::a\r##[set-env name=LD_PRELOAD]/tmp/x.so $(id) `id`",
        body: "::stop-commands::x",
      },
    },
    async play(scene) {
      const issue = await scene.open("reader");
      for (const name of LABELS) await scene.label(issue, "writer", name);
      await scene.label(issue, "writer");
    },
    missed: ({ jobs }) =>
      jobs.some(({ name }) => name.endsWith("settle")) ? undefined : "the line did not run",
    expects: { harmless: "names are compared whole, and written nowhere as they are" },
  },
  {
    id: "EV-09b",
    family: "EV",
    title: "a branch claims the last attempt that can be counted",
    model: "none",
    async play(scene) {
      await scene.putRef("refs/heads/factory/1-9999", await scene.headOf("main"), "writer");
      const issue = await scene.submit();
      await scene.send("DELETE", `/issues/${issue}/labels/factory:andon`);
      await scene.say(issue, "/factory retry");
    },
    expects: { refused: ["ledger-invalid"] },
  },
  {
    id: "EV-11b",
    family: "EV",
    title: "the doorbell for a pull request, for a closed issue, for more than it has inputs",
    model: "none",
    async play(scene) {
      const issue = await scene.submit();
      await scene.dispatch({ issue: String(issue + 1) }, "writer");
      await scene.dispatch({ issue: String(issue) }, "writer");
      await scene.dispatch({ issue: String(issue), task: "settle", token: "x" }, "writer");
      await scene.dispatch({ issue: `0${issue}` }, "writer");
      await scene.dispatch({ issue: `${issue}\n::set-output name=next::line` }, "writer");
      const event = {
        event_type: "factory",
        client_payload: { issue: 1, ref: "refs/pull/1/head" },
      };
      await scene.send("POST", "/dispatches", event, "writer");
      await scene.idle();
    },
    missed: ({ runs }) => (runs.length >= 4 ? undefined : `${runs.length} runs`),
    expects: { harmless: "inputs are numbers of issues, observed again" },
  },
  {
    id: "EV-12a",
    family: "EV",
    title: "one contract is approved three times at once",
    model: "none",
    world: { config: { approve: "always" } },
    async play(scene) {
      const issue = await scene.submit();
      await Promise.all(
        (["OWNER", "writer", "OWNER"] as const).map((login) =>
          scene.say(issue, "/factory approve", login),
        ),
      );
    },
    missed: ({ requests }) => {
      const claims = requests.filter(
        ({ method, path, caller }) =>
          caller.kind === "job" && method === "POST" && path.endsWith("/git/refs"),
      );
      return claims.length === 1 ? undefined : `${claims.length} claims`;
    },
    expects: { refused: ["illegal-transition"] },
  },
  {
    id: "EV-12b",
    family: "EV",
    title: "two issues want the same lines at the same time",
    model: "none",
    script: {
      intake: TWICE,
      architect: [[PLAN], [PLAN]],
      coder: [
        [{ calls: GOOD_WORK }, SAYS_DONE],
        [{ calls: GOOD_WORK }, SAYS_DONE],
      ],
      reviewer: [[{ json: APPROVES }], [{ json: APPROVES }]],
    },
    async play(scene) {
      const [first, second] = [await scene.open(), await scene.open("writer")];
      await Promise.all([scene.label(first), scene.label(second)]);
    },
    expects: { refused: ["base-moved", "merge-refused"] },
  },
];
