/** The import rules of docs/architecture.md. test/repository/imports.test.ts proves that each rule can fire. */
const src = (...rooms) => rooms.map((room) => `^src/${room}(/|\\.ts$)`);
const MIDDLE = ["stages", "control", "agent", "report", "line"];
const PURE = ["node_modules/zod/", "node_modules/(@types/)?picomatch/", "^crypto$"];
const PARSERS = ["node_modules/yaml/", "node_modules/fast-xml-parser/"];
const WORLD = [
  "node_modules/@(actions|anthropic-ai|octokit)/",
  "^(fs|child_process|net|http|https|http2|tls|dgram|os|worker_threads|process)(/|$)",
];
const rule = (name, from, to) => ({ name, severity: "error", from, to });

export default {
  forbidden: [
    rule("no-circular", {}, { circular: true }),
    rule(
      "domain-speaks-only-domain",
      { path: src("domain") },
      { pathNot: [...src("domain"), ...PURE] },
    ),
    rule(
      "ports-are-types-over-domain",
      { path: src("ports") },
      { pathNot: [...src("ports", "domain"), "node_modules/zod/"] },
    ),
    rule(
      "middle-sees-words-and-sockets",
      { path: src(...MIDDLE) },
      { pathNot: [...src(...MIDDLE, "domain", "ports"), ...PURE, ...PARSERS] },
    ),
    rule(
      "middle-takes-ports-as-types",
      { path: src(...MIDDLE) },
      { path: src("ports"), dependencyTypesNot: ["type-only"] },
    ),
    rule("control-never-thinks", { path: src("control") }, { reachable: true, path: src("agent") }),
    rule(
      "agent-and-report-stand-alone",
      { path: src("agent", "report") },
      { path: src("stages", "control") },
    ),
    rule(
      "adapters-never-see-the-line",
      { path: src("adapters") },
      { path: src(...MIDDLE, "actions", "cli", "twin") },
    ),
    rule(
      "one-adapter-knows-no-other",
      { path: "^src/adapters/([^/]+)/" },
      { path: src("adapters"), pathNot: "^src/adapters/$1/" },
    ),
    rule(
      "only-the-rim-touches-the-world",
      { path: "^src/", pathNot: src("adapters", "twin", "cli") },
      { path: WORLD },
    ),
    rule(
      "only-doors-and-twin-plug-adapters",
      { path: "^src/", pathNot: src("adapters", "actions", "cli", "twin") },
      { path: src("adapters") },
    ),
    rule(
      "one-action-knows-no-other",
      { path: "^src/actions/([^/]+)" },
      { path: src("actions"), pathNot: "^src/actions/$1" },
    ),
    rule(
      "the-hand-that-writes-cannot-think",
      { path: "^src/actions/control" },
      { reachable: true, path: "^src/adapters/(model|sandbox)/" },
    ),
    rule(
      "the-mind-that-thinks-cannot-write",
      { path: "^src/actions/(?!control)" },
      { reachable: true, path: "^src/adapters/github/" },
    ),
    rule(
      "actions-ship-no-twin",
      { path: src("actions") },
      { reachable: true, path: src("twin", "cli") },
    ),
    rule("src-never-imports-test", { path: "^src/" }, { path: "^test/" }),
    rule("no-orphans", { orphan: true, path: "^src/", pathNot: "^src/twin/example/" }, {}),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/twin/example/" },
  },
};
