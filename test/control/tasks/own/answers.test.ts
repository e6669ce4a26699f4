import { describe, expect, test } from "vitest";
import type { View } from "../../../../src/control/observed/issue-view.ts";
import {
  answerEffects,
  filesToCompare,
  resolutions,
  threadsToAnswer,
} from "../../../../src/control/tasks/own/answers.ts";
import type { ReviewThread } from "../../../../src/domain/github/owned-pull-request.ts";
import type { LineOrder } from "../../../../src/domain/order.ts";
import type { ImplementProposal } from "../../../../src/domain/proposal.ts";
import type { FileState } from "../../../../src/ports/github.ts";
import { renderAnswer } from "../../../../src/wording/pull-request/thread-answer.ts";

const BASE = "a".repeat(40);
const HEAD = "b".repeat(40);
const COMMIT = "c".repeat(40);
const WIL = { id: 5, login: "wil", type: "User", permission: "write" } as const;

const said = (id: number, author: object = WIL) => ({
  ...{ id, author, body: "Name it better." },
  createdAt: "2026-11-20T08:00:00Z",
  updatedAt: "2026-11-20T08:00:00Z",
});

/** A thread whose last comment has the id of the thread and a hundred. */
const thread = (id: number, parts: Partial<ReviewThread> = {}): ReviewThread =>
  ({
    ...{ id, path: "src/greet.ts", line: 2, node: `T_${id}`, settled: false },
    comments: [said(id), said(id + 100)],
    ...parts,
  }) as ReviewThread;

interface Scene {
  readonly threads?: readonly ReviewThread[];
  readonly told?: readonly number[] | null;
  readonly continues?: boolean;
  readonly files?: readonly object[];
  readonly before?: FileState;
  readonly onBase?: FileState;
  readonly summary?: string;
}

const bytes = (content: string): FileState => ({ known: new TextEncoder().encode(content) });
const written = (content: string, encoding = "utf-8") => ({
  ...{ path: "src/greet.ts", mode: "100644", encoding, content },
});

function sceneOf(scene: Scene = {}) {
  const { threads = [thread(1)], told = [101], files = [written("a\nnew\nc\n")] } = scene;
  const seen: (readonly [string, FileState])[] = [
    [`${HEAD}:src/greet.ts`, scene.before ?? bytes("a\nb\nc\n")],
    ...(scene.onBase === undefined ? [] : [[`${BASE}:src/greet.ts`, scene.onBase] as const]),
  ];
  const view = {
    owned: { threads },
    files: new Map(seen),
    input: { run: { serverUrl: "https://github.com/", repository: "OWNER/app" } },
  } as unknown as View;
  const order = {
    ...{ attempt: 2, base: BASE },
    ...(told === null ? {} : { told }),
    ...(scene.continues === false ? {} : { continues: { pullRequest: 9, head: HEAD } }),
  } as unknown as LineOrder;
  const made = { changeSet: { files }, summary: "Renamed it." } as unknown as ImplementProposal;
  return { view, order, made };
}

/** What the answer says of the line, and whether the thread is resolved. */
function saidOfLine(scene: Scene) {
  const { view, order, made } = sceneOf(scene);
  const [answer] = answerEffects(view, { order, made, commit: COMMIT });
  const lines = (["kept", "changed", "unknown"] as const).filter(
    (line) => answer?.body === bodyOf(line),
  );
  return [lines, resolutions(view, { order, made }).length];
}

const bodyOf = (line: "kept" | "changed" | "unknown") =>
  renderAnswer({
    ...{ attempt: 2, commit: COMMIT, line, summary: "Renamed it." },
    url: `https://github.com/OWNER/app/commit/${COMMIT}`,
  });

describe("the threads that an attempt answers", () => {
  const REA = { ...WIL, id: 6, login: "rea", permission: "read" };
  test.each<readonly [string, Scene, readonly number[]]>([
    ["open ones whose last comment it was told of", {}, [1]],
    ["none whose last comment came later", { told: [1] }, []],
    ["none where it was told of none", { told: [] }, []],
    ["none where an older order says nothing of them", { told: null }, []],
    ["none of an attempt that opens a pull request of its own", { continues: false }, []],
    ["none that a person resolved", { threads: [thread(1, { settled: true })] }, []],
    ["none of strangers", { threads: [thread(1, { comments: [said(101, REA)] as never })] }, []],
    ["none without a comment", { threads: [thread(1, { comments: [] })], told: [0, 101] }, []],
    ["several, in their order", { threads: [thread(3), thread(1)], told: [101, 103] }, [3, 1]],
  ])("are %s", (_, scene, ids) => {
    const { view, order } = sceneOf(scene);
    expect(threadsToAnswer(view, order).map(({ id }) => id)).toEqual(ids);
  });

  test("are ten at most, the first", () => {
    const threads = Array.from({ length: 11 }, (_, index) => thread(index + 1));
    const told = threads.map(({ id }) => id + 100);
    const { view, order } = sceneOf({ threads, told });
    expect(threadsToAnswer(view, order)).toEqual(threads.slice(0, 10));
  });
});

describe("the files that show whether a line changed", () => {
  const before = { commit: HEAD, path: "src/greet.ts" };
  test.each<readonly [string, Scene, readonly object[]]>([
    ["the version before, where the change has the other", {}, [before]],
    [
      "also the base's, where the change leaves the file alone",
      { files: [{ ...written("x"), path: "src/other.ts" }] },
      [before, { commit: BASE, path: "src/greet.ts" }],
    ],
    ["none where the thread is on no line", { threads: [thread(1, { line: null })] }, []],
    ["none where nothing is continued", { continues: false }, []],
  ])("are %s", (_, scene, files) => {
    const { view, order, made } = sceneOf(scene);
    expect(filesToCompare(view, order, made)).toEqual(files);
  });
});

describe("an answer", () => {
  test("is one comment in each thread, found again by its attempt", () => {
    const { view, order, made } = sceneOf();
    expect(answerEffects(view, { order, made, commit: COMMIT })).toEqual([
      {
        kind: "answer-thread",
        key: "answer/1/2",
        pullRequest: 9,
        thread: 1,
        marker: "**Millwright · attempt 2**",
        body: bodyOf("changed"),
      },
    ]);
  });

  test("resolves the thread whose line changed, once", () => {
    const { view, order, made } = sceneOf();
    expect(resolutions(view, { order, made })).toEqual([
      { kind: "resolve-thread", key: "resolve/1/2", pullRequest: 9, thread: 1, node: "T_1" },
    ]);
  });

  test("is none, and nothing is resolved, where nothing is continued", () => {
    const { view, order, made } = sceneOf({ continues: false });
    expect(answerEffects(view, { order, made, commit: COMMIT })).toEqual([]);
    expect(resolutions(view, { order, made })).toEqual([]);
  });

  const elsewhere = [{ ...written("x"), path: "src/other.ts" }];
  test.each<readonly [string, Scene, readonly string[], number]>([
    ["the change has another line there", {}, ["changed"], 1],
    ["GitHub shows no id", { threads: [thread(1, { node: null })] }, ["changed"], 0],
    ["the change leaves the line", { files: [written("new\nb\nc\n")] }, ["kept"], 0],
    ["the file is deleted", { files: [{ path: "src/greet.ts", deleted: true }] }, ["changed"], 1],
    ["the file is no text", { files: [written("YQ==", "base64")] }, ["unknown"], 0],
    ["the thread is on no line", { threads: [thread(1, { line: null })] }, ["unknown"], 0],
    ["the file was not there before", { before: { known: null } }, ["unknown"], 0],
    ["the version before is not known", { before: { unknown: "large" } }, ["unknown"], 0],
    ["it is as on the base", { files: elsewhere, onBase: bytes("a\nb\nc\n") }, ["kept"], 0],
    ["the base has another", { files: elsewhere, onBase: bytes("a\nx\nc\n") }, ["changed"], 1],
    ["the base has no such file", { files: elsewhere, onBase: { known: null } }, ["changed"], 1],
  ])("says what is known of the line: %s", (_, scene, line, resolved) => {
    expect(saidOfLine(scene)).toEqual([line, resolved]);
  });
});
