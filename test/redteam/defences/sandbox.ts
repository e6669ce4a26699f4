import type { Defence } from "../defence.ts";

/** Without it a sandbox that is not tight is refused before the first command. */
const NO_SELF_TEST = {
  file: "src/adapters/sandbox/probe.ts",
  find: 'return [...faults, ...judgeEnvironment(lines("environment"), environment)];',
  replace: "return [];",
};

/** What holds code of the repository and of an agent while it runs, and what is read of its files. */
export const OF_SANDBOX: readonly Defence[] = [
  {
    id: "empty-environment",
    what: "bubblewrap is launched without an environment, twice over, and a self-test looks for one",
    edits: [
      {
        file: "src/adapters/sandbox/process/supervise.ts",
        find: "env: { ...launch.environment }",
        replace: "env: { ...process.env, ...launch.environment }",
      },
      {
        file: "src/adapters/sandbox/process/bubblewrap.ts",
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
        file: "src/adapters/sandbox/process/bubblewrap.ts",
        find: '"--unshare-all"',
        replace: '"--unshare-ipc", "--unshare-pid", "--unshare-uts"',
      },
      NO_SELF_TEST,
    ],
    attacks: ["NET-01a"],
  },
  {
    id: "own-files",
    what: "commands see nothing of the host but its programs",
    layers: "the self-test",
    edits: [
      {
        file: "src/adapters/sandbox/process/bubblewrap.ts",
        find: '...["--remount-ro", "/dev", "--remount-ro", "/proc", "--remount-ro", "/"],',
        replace:
          '...["--ro-bind", `${process.env.MILLWRIGHT_TEST_FILE}`, `${process.env.MILLWRIGHT_TEST_FILE}`],',
      },
      NO_SELF_TEST,
    ],
    attacks: ["AG-03a", "AG-19a"],
  },
  {
    id: "own-processes",
    what: "commands have a process namespace of their own, whose end is the end of all of them",
    layers: "the self-test",
    edits: [
      {
        file: "src/adapters/sandbox/process/bubblewrap.ts",
        find: '"--unshare-all"',
        replace: '"--unshare-ipc", "--unshare-net", "--unshare-uts"',
      },
      {
        file: "src/adapters/sandbox/process/bubblewrap.ts",
        find: '...["--die-with-parent", "--new-session",',
        replace: '...["--new-session",',
      },
      NO_SELF_TEST,
    ],
    attacks: ["RT-09a", "RT-01a"],
  },
  {
    id: "root-is-read-only",
    what: "nothing is written outside of the workspace",
    layers: "the self-test",
    edits: [
      {
        file: "src/adapters/sandbox/process/bubblewrap.ts",
        find: '["--bind", place.cache, VIEW_INSIDE.cache,',
        replace:
          '["--bind", "/var/tmp", "/var/tmp", "--bind", "/dev/shm", "/dev/shm", "--bind", place.cache, VIEW_INSIDE.cache,',
      },
      NO_SELF_TEST,
    ],
    attacks: ["RT-09a", "PER-02a"],
  },
  {
    id: "no-links",
    what: "a link in a workspace is never followed, neither by the walk nor by the reader",
    layers: "the flag with which files are opened",
    edits: [
      {
        file: "src/adapters/sandbox/workspace/collect.ts",
        find: "if (state.isSymbolicLink()) return judgeLink(root, path, tracked);",
        replace:
          'if (state.isSymbolicLink()) return judgeFile(root, { path, state: process.getBuiltinModule("node:fs").statSync(join(root, path)) }, tracked);',
      },
      {
        file: "src/adapters/sandbox/workspace/regular-file.ts",
        find: "constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK",
        replace: "constants.O_RDONLY | constants.O_NONBLOCK",
      },
    ],
    attacks: ["AG-08a"],
  },
  {
    id: "no-bare-repository",
    what: "no folder of a change is one that git takes for a repository",
    edits: [
      {
        file: "src/adapters/sandbox/workspace/walk.ts",
        find: "if (BARE.every((name) => plain.includes(name)) &&",
        replace: "if (BARE.every((name) => plain.includes(`${name}/`)) &&",
      },
    ],
    attacks: ["GIT-11b"],
  },
];
