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
];
