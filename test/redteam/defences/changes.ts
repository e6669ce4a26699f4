import type { Defence } from "../defence.ts";

/** What a change may be, whoever made it. */
export const OF_CHANGES: readonly Defence[] = [
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
    id: "one-spelling",
    what: "no two files of a change are one where case does not count",
    edits: [
      {
        file: "src/domain/change-set.ts",
        find: "return [...paths, ...refuseSizes(changeSet), ...refuseCollisions(changeSet)];",
        replace: "return [...paths, ...refuseSizes(changeSet)];",
      },
    ],
    attacks: ["GIT-09c"],
  },
  {
    id: "no-shadow",
    what: "no file of a change takes the place of one of the base where case does not count",
    edits: [
      {
        file: "src/domain/change-set.ts",
        find: "if (shadowed === undefined) return [];",
        replace: 'if (shadowed !== "") return [];',
      },
    ],
    attacks: ["GIT-09d", "GIT-09a"],
  },
  {
    id: "bounded-change",
    what: "a change has at most so many files and bytes",
    layers: "the bound of the walk",
    edits: [
      {
        file: "src/domain/change-set.ts",
        find: "if (found <= accepted) return;",
        replace: "if (found >= 0 || accepted < 0) return;",
      },
      {
        file: "src/adapters/sandbox/workspace/collect.ts",
        find: "return files <= CHANGE_SET_LIMITS.files && bytes <= CHANGE_SET_LIMITS.totalBytes;",
        replace: "return files < 9e9 && bytes < 9e9;",
      },
    ],
    attacks: ["RT-10f"],
  },
  {
    id: "low-by-nature",
    what: "a folder makes no file harmless: low risk is an allow-list by what a file is",
    edits: [
      {
        file: "src/domain/trust/file-nature.ts",
        find: 'if (PROSE.test(name) || PROSE_NAME.test(name)) return "prose";',
        replace:
          'if (/(^|[/])(docs?|src|spec|tests?)[/]/.test(folded) || PROSE_NAME.test(name)) return "prose";',
      },
    ],
    attacks: ["GOV-02j", "GOV-02k"],
  },
  {
    id: "kept-by-a-filter",
    what: "content that git would keep otherwise is in no change",
    edits: [
      {
        file: "src/workers/shared/bytes.ts",
        find: "return conversion === undefined ? [] : (refuseConverted(one, conversion) ?? []);",
        replace: "return conversion === undefined || refuseConverted(one, conversion) ? [] : [];",
      },
    ],
    attacks: ["GIT-13c"],
  },
  {
    id: "no-byte-lost",
    what: "no replacement character takes the place of a byte",
    edits: [
      {
        file: "src/workers/shared/bytes.ts",
        find: "const refusal = refuseLostBytes(one, gone) ?? converted;",
        replace: "const refusal = gone === undefined ? refuseLostBytes(one, gone) : converted;",
      },
    ],
    attacks: ["GIT-14d"],
  },
  {
    id: "contract-paths",
    what: "a change stays within the paths of its contract",
    edits: [
      {
        file: "src/control/gate/change-rules.ts",
        find: "paths.length > 0 && !matchesAny(path, paths)",
        replace: "paths.length > 999 && !matchesAny(path, paths)",
      },
    ],
    attacks: ["GIT-06b"],
  },
  {
    id: "no-workflow",
    what: "a change touches no workflow, not even with a person",
    edits: [
      {
        file: "src/control/gate/change-rules.ts",
        find: 'foldPath(path).startsWith(".github/workflows/")',
        replace: 'foldPath(path) === ".github/workflows/"',
      },
    ],
    attacks: ["AG-01b", "GIT-06a", "PER-04a"],
  },
  {
    id: "dependencies-of-a-person",
    what: "dependency files change only as a person approved them, asked by three stations",
    layers: "implement, verify and the gate ask the same",
    edits: [
      {
        file: "src/workers/shared/dependencies.ts",
        find: 'if (change === undefined || "refusal" in change) return change;',
        replace:
          'if (change === undefined || "paths" in change || "refusal" in change) return undefined;',
      },
      {
        file: "src/control/gate/change-rules.ts",
        find: "check: refuseDependencies,",
        replace:
          'check: (gate) => (gate.order.kind === "line" ? undefined : refuseDependencies(gate)),',
      },
    ],
    attacks: ["DEP-02a", "DEP-03a"],
  },
  {
    id: "locked-paths",
    what: "what the config locks is not even proposed",
    edits: [
      {
        file: "src/control/gate/change-rules.ts",
        find: 'trustOf(path, order.config.trust) === "read-only"',
        replace: 'trustOf(path, order.config.trust) === "read-only" && path === ""',
      },
    ],
    attacks: ["GOV-02b"],
  },
  {
    id: "bounded-lines",
    what: "a change is not larger than the config allows",
    edits: [
      {
        file: "src/control/gate/change-rules.ts",
        find: "return verify.changedLines <= changedLines",
        replace: "return verify.changedLines <= changedLines + 1e9",
      },
    ],
    attacks: ["GOV-02a"],
  },
];
