/** A defence, and what has to be taken away so that it is gone: several places where one stands behind the other. */
export interface Defence {
  readonly id: string;
  readonly what: string;
  readonly edits: readonly {
    /** Below the project's folder. */
    readonly file: string;
    /** Stands exactly once there. */
    readonly find: string;
    readonly replace: string;
  }[];
  /** Ids of the catalogue; one of them has to land or leak without the defence. */
  readonly attacks: readonly string[];
}

/** Without it a sandbox that is not tight is refused before the first command. */
const NO_SELF_TEST = {
  file: "src/adapters/sandbox/probe.ts",
  find: 'return [...faults, ...judgeEnvironment(lines("environment"), environment)];',
  replace: "return [];",
};

export const DEFENCES: readonly Defence[] = [
  {
    id: "empty-environment",
    what: "bubblewrap is launched without an environment, twice over, and a self-test looks for one",
    edits: [
      {
        file: "src/adapters/sandbox/supervise.ts",
        find: "env: { ...launch.environment }",
        replace: "env: { ...process.env, ...launch.environment }",
      },
      {
        file: "src/adapters/sandbox/bubblewrap.ts",
        find: 'exec -c "$@"',
        replace: 'exec "$@"',
      },
      NO_SELF_TEST,
    ],
    attacks: ["RT-01a"],
  },
  {
    id: "own-network",
    what: "commands have a network namespace of their own",
    edits: [
      {
        file: "src/adapters/sandbox/bubblewrap.ts",
        find: '"--unshare-all"',
        replace: '"--unshare-ipc", "--unshare-pid", "--unshare-uts"',
      },
      NO_SELF_TEST,
    ],
    attacks: ["NET-01a"],
  },
  {
    id: "quoted-log",
    what: "text of others in a log is quoted line by line",
    edits: [
      {
        file: "src/adapters/runner/quote.ts",
        find: "`| ${breakLegacy(stripHidden(line))}`",
        replace: "line",
      },
    ],
    attacks: ["WF-03a"],
  },
  {
    id: "one-renderer",
    what: "text of others is shown as inert Markdown",
    edits: [
      {
        file: "src/report/safe-text.ts",
        find: "export function safeText(text: string): string {",
        replace:
          'export function safeText(text: string): string {\n  if (text !== "") return text;',
      },
    ],
    attacks: ["OUT-01a", "OUT-04a"],
  },
  {
    id: "sealed-ledger",
    what: "every line of the ledger is sealed, and the seal is checked",
    edits: [
      {
        file: "src/domain/ledger.ts",
        find: "if (!sameText(seal, expected))",
        replace: "if (seal.length > 99)",
      },
    ],
    attacks: ["OUT-07a"],
  },
  {
    id: "path-shapes",
    what: "a path that a tree may not hold is refused, by everyone who reads a change",
    edits: [
      {
        file: "src/domain/path.ts",
        find: "  if (fault === undefined) return undefined;",
        replace: "  if (fault !== undefined || fault === undefined) return undefined;",
      },
    ],
    attacks: ["GIT-01b"],
  },
  {
    id: "contract-paths",
    what: "a change stays within the paths of its contract",
    edits: [
      {
        file: "src/control/gate-change.ts",
        find: "paths.length > 0 && !matchesAny(path, paths)",
        replace: "paths.length > 999 && !matchesAny(path, paths)",
      },
    ],
    attacks: ["GIT-06b"],
  },
  {
    id: "no-bare-repository",
    what: "no folder of a change is one that git takes for a repository",
    edits: [
      {
        file: "src/adapters/sandbox/walk.ts",
        find: "if (BARE.every((name) => plain.includes(name)) &&",
        replace: "if (BARE.every((name) => plain.includes(`${name}/`)) &&",
      },
    ],
    attacks: ["GIT-11b"],
  },
  {
    id: "person-for-steering",
    what: "what steers tools is merged by a person, whatever the trust of the config",
    edits: [
      {
        file: "src/control/merge-authority.ts",
        find: "covered && protectedPaths.length === 0",
        replace: "covered",
      },
    ],
    attacks: ["DEP-04a"],
  },
  {
    id: "no-redirect",
    what: "the model's key goes to no other address than the one that was set",
    edits: [
      {
        file: "src/adapters/model/bounded-fetch.ts",
        find: 'redirect: "manual"',
        replace: 'redirect: "follow"',
      },
    ],
    attacks: ["NET-04a"],
  },
  {
    id: "known-secrets",
    what: "what a worker hands on is looked through for the job's own secrets, in every form",
    edits: [
      {
        file: "src/domain/secret-scan.ts",
        find: "const found = find(squeeze(view));",
        replace: "const found = index < 0 ? find(squeeze(view)) : undefined;",
      },
    ],
    attacks: ["OUT-05a", "OUT-05b"],
  },
  {
    id: "protected-harness",
    what: "the documents of every prompt need a person",
    edits: [
      {
        file: "src/domain/protection.ts",
        find: "return [...protect, ...harness];",
        replace: "return harness.length < 0 ? harness : protect;",
      },
    ],
    attacks: ["PER-01g"],
  },
  {
    id: "people-with-write",
    what: "only a person who may write commands the factory",
    edits: [
      {
        file: "src/domain/actor.ts",
        find: 'return actor.type === "User" && permissionAtLeast(actor.permission, "write");',
        replace: 'return permissionAtLeast(actor.permission, "none");',
      },
    ],
    attacks: ["EV-05a"],
  },
  {
    id: "issue-digest",
    what: "a contract holds for the very text that it was made from",
    edits: [
      {
        file: "src/control/approved-contract.ts",
        find: "if (digestOfIssue(bound.issue) !== proposed.event.issue) {",
        replace: 'if (digestOfIssue(bound.issue) === "") {',
      },
    ],
    attacks: ["EV-02a"],
  },
  {
    id: "no-test-lost",
    what: "a test that passed on the base has to pass on the change",
    edits: [
      {
        file: "src/control/gate-evidence.ts",
        find: "return broken.length === 0",
        replace: "return broken.length >= 0",
      },
    ],
    attacks: ["QA-01a"],
  },
  {
    id: "criteria-judged",
    what: "an approval counts where every criterion was judged and met, asked twice",
    edits: [
      {
        file: "src/stages/review/verdict.ts",
        find: "criteria.some(({ met }) => !met);",
        replace: "criteria.length < 0;",
      },
      {
        file: "src/control/gate-review.ts",
        find: "return judgements.length > 0 && judgements.every(({ met }) => met);",
        replace: "return judgements.length >= 0;",
      },
    ],
    attacks: ["AG-22b"],
  },
  {
    id: "line-order",
    what: "a line that is shown otherwise than it runs is a blocker, whatever the reviewer says",
    edits: [
      {
        file: "src/stages/review/verdict.ts",
        find: "const line = added.find(({ text }) => characters.test(text))?.line;",
        replace:
          'const line = added.find(({ text }) => characters.test(text) && text === "")?.line;',
      },
    ],
    attacks: ["IN-03a"],
  },
];
