import type { ObjectId } from "../../src/domain/digest.ts";
import type { ChecksSeen, RepositoryCheck } from "../../src/domain/github/repository-check.ts";
import type { GitHub } from "../../src/ports/github.ts";
import type { TestLine } from "./line.ts";
import { type Files, treeFiles } from "./three-way/tree-of.ts";

/** How the repository's own checks stand on every commit from now on. */
export type Shown =
  | "green"
  | "going"
  | "first-red"
  | "change"
  | "base"
  | "flaky"
  | "unknown"
  | "unread";

const PATH = "src/greet.ts";
const CHECK: RepositoryCheck = {
  name: "CI / unit",
  key: "ci",
  state: "failed",
  run: { id: 7, attempt: 2 },
  marks: [],
  tail: ["expected 400, got 200"],
};
const MARKED = { marks: [{ path: PATH, line: 1, message: "no" }] };
const ON_HEAD: Readonly<Record<Shown, Partial<RepositoryCheck>>> = {
  green: { state: "passed" },
  going: { state: "waiting" },
  "first-red": { run: { id: 7, attempt: 1 } },
  change: MARKED,
  base: MARKED,
  flaky: { state: "passed", failedBefore: true },
  unknown: {},
  unread: {},
};

export function showChecks({ github }: TestLine, shown: Shown): void {
  if (shown === "unread") {
    github.checked({ unknown: "Resource not accessible" });
    return;
  }
  const bases: ChecksSeen["bases"] =
    shown === "base" ? [{ commit: "b".repeat(40), states: { ci: "failed" } }] : [];
  const checks = [{ ...CHECK, ...ON_HEAD[shown] }];
  github.checked({ known: { checks, bases, changed: [PATH] } });
}

/** The end of a run on the branch of an issue's pull request, as GitHub sends it. */
export function runEnded({ github }: TestLine, branch: string) {
  const { id, type } = github.actor("wil");
  const run = { head_branch: branch, conclusion: "failure" };
  const payload = { action: "completed", workflow_run: run, sender: { id, login: "wil", type } };
  return { name: "workflow_run", payload };
}

/** One file that every change of the factory writes, and others write on the default branch. */
export class Trees {
  readonly #line: TestLine;
  readonly #versions = new Map<ObjectId, number>();
  /** What stands at the end of the file, which no change of the factory writes: as it was when the commit was first met. */
  readonly #ends = new Map<ObjectId, number>();
  #version = 0;
  #end = 0;

  constructor(line: TestLine) {
    this.#line = line;
  }

  /** The default branch as it stands has the file as it was written last. */
  note(): void {
    const head = this.#line.github.head();
    if (!this.#versions.has(head)) this.#versions.set(head, this.#version);
    this.#endOf(head);
  }

  /** Somebody writes into the same place. */
  conflict(): void {
    this.note();
    this.#version += 1;
    this.#line.github.moveHead();
    this.note();
  }

  /** Somebody writes elsewhere into the same file. */
  aside(): void {
    this.note();
    this.#end += 1;
    this.#line.github.moveHead();
    this.note();
  }

  #endOf(commit: ObjectId): number {
    const end = this.#ends.get(commit) ?? this.#end;
    this.#ends.set(commit, end);
    return end;
  }

  held(): Pick<GitHub, "treeAt" | "bytesAt"> {
    const at = (commit: ObjectId): Files => ({
      [PATH]: `one\n${this.#versions.get(commit) ?? "own"}\nthree\nfour\n${this.#endOf(commit)}\n`,
    });
    return {
      treeAt: async (commit) => ({ parents: [], files: { known: treeFiles(at(commit)) } }),
      bytesAt: async (commit, paths) =>
        paths.map((path) => {
          const file = at(commit)[path];
          return { known: typeof file === "string" ? new TextEncoder().encode(file) : null };
        }),
    };
  }
}
