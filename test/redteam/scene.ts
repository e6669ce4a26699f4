import type { RunnerProgress } from "../../src/twin/runner/run/records.ts";
import type { Attack } from "./attack.ts";
import type { Lane, Login } from "./lane.ts";
import type { Deeds } from "./observation.ts";
import { USUAL_ISSUE } from "./world.ts";

/** What people can do in one repository. Whatever they do is remembered as their deed. */
export interface Scene {
  readonly repository: string;
  /** A port of the host on which somebody listens and counts. */
  readonly listenerPort: number;
  /** Opens the issue, labels it and waits until the factory rests. */
  submit(): Promise<number>;
  open(as?: Login): Promise<number>;
  label(issue: number, as?: Login, name?: string): Promise<void>;
  /** Writes a comment and waits; answers its id. */
  say(issue: number, text: string, as?: Login): Promise<number>;
  merge(): Promise<void>;
  pushToMain(path: string, content: string): Promise<string>;
  /** Makes a commit on top of another, of the default branch when left out; no ref moves. Answers its id. */
  commit(path: string, content: string, parent?: string): Promise<string>;
  /** Makes a ref, `refs/heads/x`, or moves it; what GitHub refuses is no deed. */
  putRef(ref: string, commit: string, as?: Login): Promise<void>;
  /** Commit of a branch. */
  headOf(branch: string): Promise<string>;
  /** Rings the factory's doorbell with any inputs. */
  dispatch(inputs: Readonly<Record<string, string>>, as?: Login): Promise<void>;
  /** The clock strikes: the workflows run that have this line in their schedule. */
  strike(line: string): Promise<void>;
  get<Answer>(path: string): Promise<Answer>;
  /** Any request below the repository; answers what GitHub answered, a refusal too. */
  send(method: string, path: string, body?: unknown, as?: Login): Promise<unknown>;
  idle(): Promise<void>;
}

type Growing = { -readonly [Key in keyof Deeds]: Deeds[Key][number][] };

export function setScene(
  lane: Lane,
  attack: Attack,
  repository: string,
): { readonly scene: Scene; readonly deeds: Deeds } {
  const deeds: Growing = { issues: [], commits: [], merged: [], refs: [], labels: [] };
  const send: Scene["send"] = async (method, path, body, as) => {
    const token =
      as === undefined || as === "OWNER" ? lane.twin.owner.token : lane.twin.userOf(as).token;
    const answer = await fetch(`${lane.twin.github.url}/repos/${repository}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  };
  const scene: Scene = {
    repository,
    listenerPort: lane.listener.port,
    send,
    get: async <Answer>(path: string) => (await send("GET", path)) as Answer,
    idle: () => lane.twin.runner.idle(),
    async strike(line) {
      lane.twin.github.emitSchedule(repository, line);
      await scene.idle();
      // What a loop starts is asked for by its file, which a person merged: the oracle takes it for asked, and no more.
      const asked = await scene.get<readonly { readonly number: number }[]>(
        "/issues?labels=factory:queued",
      );
      deeds.issues.push(...asked.map(({ number }) => number));
    },
    async submit() {
      const issue = await scene.open();
      await scene.label(issue);
      return issue;
    },
    async open(as) {
      const issue = attack.world?.issue ?? USUAL_ISSUE;
      const { number } = (await send("POST", "/issues", issue, as)) as { readonly number: number };
      deeds.issues.push(number);
      return number;
    },
    async label(issue, as, name = "factory:queued") {
      deeds.labels.push(name);
      await send("POST", `/issues/${issue}/labels`, { labels: [name] }, as);
      await scene.idle();
    },
    async say(issue, text, as) {
      const made = await send("POST", `/issues/${issue}/comments`, { body: text }, as);
      await scene.idle();
      return (made as { readonly id: number }).id;
    },
    async merge() {
      const pulls = await scene.get<readonly { readonly number: number }[]>("/pulls?state=open");
      for (const { number } of pulls) {
        deeds.merged.push(number);
        await send("PUT", `/pulls/${number}/merge`, {});
      }
      await scene.idle();
    },
    async pushToMain(path, content) {
      const commit = await scene.commit(path, content);
      deeds.commits.push(commit);
      await send("PATCH", "/git/refs/heads/main", { sha: commit });
      return commit;
    },
    commit: async (path, content, parent) =>
      await makeCommit(scene, { path, content, parent: parent ?? (await scene.headOf("main")) }),
    async putRef(ref, commit, as) {
      const path = ref
        .replace(/^refs\//, "")
        .split("/")
        .map(encodeURIComponent)
        .join("/");
      const made =
        nameOf(await send("POST", "/git/refs", { ref, sha: commit }, as)) ??
        nameOf(await send("PATCH", `/git/refs/${path}`, { sha: commit, force: true }, as));
      if (made !== undefined) deeds.refs.push(made);
    },
    async headOf(branch) {
      const { object } = await scene.get<{ readonly object: { readonly sha: string } }>(
        `/git/ref/heads/${branch}`,
      );
      return object.sha;
    },
    async dispatch(inputs, as) {
      await send("POST", "/actions/workflows/factory.yml/dispatches", { ref: "main", inputs }, as);
      await scene.idle();
    },
  };
  return { scene, deeds };
}

/** The ref that GitHub made or moved; undefined when it refused. */
function nameOf(answer: unknown): string | undefined {
  return (answer as { readonly ref?: string }).ref;
}

async function makeCommit(
  scene: Scene,
  made: { readonly path: string; readonly content: string; readonly parent: string },
): Promise<string> {
  const { path, content, parent } = made;
  const before = await scene.get<{ readonly tree: { readonly sha: string } }>(
    `/git/commits/${parent}`,
  );
  const tree = (await scene.send("POST", "/git/trees", {
    base_tree: before.tree.sha,
    tree: [{ path, mode: "100644", type: "blob", content }],
  })) as { readonly sha: string };
  const commit = (await scene.send("POST", "/git/commits", {
    message: `Change ${path}`,
    tree: tree.sha,
    parents: [parent],
  })) as { readonly sha: string };
  return commit.sha;
}

/** Lets the attack's `meanwhile` happen, each once; the promise is what has happened so far. */
export function actMeanwhile(
  lane: Lane,
  attack: Attack,
  scene: Scene,
): { done(): Promise<readonly number[]> } {
  const acts = attack.meanwhile ?? [];
  const begun = new Map<number, Promise<unknown>>();
  lane.listen((event: RunnerProgress) => {
    if (event.kind !== "job-started" && event.kind !== "job-finished") return;
    for (const [index, act] of acts.entries()) {
      const fits = event.kind === `job-${act.at}` && event.job.endsWith(act.job);
      if (fits && !begun.has(index)) begun.set(index, act.act(scene));
    }
  });
  return {
    async done() {
      lane.listen(undefined);
      await Promise.all(begun.values());
      return acts.flatMap((_act, index) => (begun.has(index) ? [] : [index]));
    },
  };
}
