/** The import rules of docs/architecture.md. test/repository/imports.test.ts proves that each rule can fire. */
const src = (...rooms) => rooms.map((room) => `^src/${room}(/|\\.ts$)`);
const MIDDLE = [
  "workers",
  "control",
  "conformance",
  "agent",
  "wording",
  "measures",
  "gatherers",
  "line",
  "recurring",
  "station",
];
/** Control's rooms from top to bottom: a room sees those below it. `gate` and `vetoes` stand side by side. */
const CONTROL = [
  ["loop"],
  ["tasks"],
  ["gate", "vetoes"],
  ["outcome"],
  ["guard"],
  ["schedule", "three-way"],
  ["observed", "exposure"],
];
/** Workers share: `checks` runs one check and reads its report, `proof` says what tests prove, `shared` is what each needs. */
const WORKSHOP = ["checks", "proof", "shared"];
const PURE = ["node_modules/zod/", "node_modules/(@types/)?picomatch/", "^crypto$"];
const PARSERS = ["node_modules/yaml/", "node_modules/fast-xml-parser/", "node_modules/diff/"];
/** Pure, too: merges three texts. */
const MERGER = "(^|node_modules/)node-diff3(/|$)";
/** Pure, too: scales and shapes of charts, for the page of a report alone. */
const CHARTS = "(^|node_modules/)d3-(scale|shape)(/|$)";
/** Pure, too: what `.gitignore` means. */
const IGNORE = "(^|node_modules/)ignore(/|$)";
/** Pure, too: read Markdown as GitHub does. */
const MARKDOWN =
  "(^|node_modules/)(mdast-util-(from-markdown|gfm)|micromark-extension-gfm|github-slugger|(@types/)?mdast)(/|$)";
/** Whose SDK a model or its tools may need. */
const VENDORS = ["node_modules/@anthropic-ai/"];
/** Node's own where it computes and touches nothing: how large files are that are sent compressed. */
const COMPRESSION = "^zlib$";
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
      { pathNot: [...src("domain"), ...PURE, MERGER] },
    ),
    rule(
      "ports-are-types-over-domain",
      { path: src("ports") },
      { pathNot: [...src("ports", "domain"), "node_modules/zod/"] },
    ),
    rule(
      "middle-sees-words-and-sockets",
      { path: src(...MIDDLE) },
      {
        pathNot: [
          ...src(...MIDDLE, "domain", "ports"),
          ...PURE,
          ...PARSERS,
          COMPRESSION,
          MERGER,
          CHARTS,
          MARKDOWN,
          IGNORE,
        ],
      },
    ),
    rule(
      "only-pages-and-gatherers-read-markdown",
      { path: "^src/", pathNot: src("gatherers", "wording/pages/run-page") },
      { path: MARKDOWN },
    ),
    rule(
      "only-the-report-draws",
      { path: "^src/", pathNot: src("wording/pages/report") },
      { path: CHARTS },
    ),
    rule(
      "middle-takes-ports-as-types",
      { path: src(...MIDDLE) },
      { path: src("ports"), dependencyTypesNot: ["type-only"] },
    ),
    rule("control-never-thinks", { path: src("control") }, { reachable: true, path: src("agent") }),
    rule(
      "agent-and-wording-stand-alone",
      { path: src("agent", "wording", "measures", "gatherers") },
      { path: src("workers", "control") },
    ),
    rule(
      "wording-knows-no-agent",
      { path: src("wording", "measures", "gatherers") },
      { path: src("agent") },
    ),
    rule("control-never-meets-a-worker", { path: src("control") }, { path: src("workers") }),
    rule("a-worker-never-meets-control", { path: src("workers") }, { path: src("control") }),
    rule(
      "one-worker-knows-no-other",
      { path: "^src/workers/([^/]+)/" },
      { path: src("workers"), pathNot: `^src/workers/($1|${WORKSHOP.join("|")})/` },
    ),
    rule(
      "the-workshop-knows-no-worker",
      { path: `^src/workers/(${WORKSHOP.join("|")})/` },
      { path: src("workers"), pathNot: `^src/workers/(${WORKSHOP.join("|")})/` },
    ),
    rule(
      "shared-knows-no-checks",
      { path: src("workers/shared") },
      { path: src("workers/checks") },
    ),
    ...CONTROL.flatMap((rooms, level) =>
      rooms.map((room) => {
        const below = CONTROL.slice(level + 1).flat();
        return rule(
          `control-${room}-runs-downward`,
          { path: src(`control/${room}`) },
          {
            path: src("control"),
            pathNot: src(...[room, ...below].map((one) => `control/${one}`)),
          },
        );
      }),
    ),
    rule(
      "adapters-never-see-the-line",
      { path: src("adapters") },
      { path: src(...MIDDLE, "actions", "cli", "twin") },
    ),
    rule(
      "one-adapter-knows-no-other",
      { path: "^src/adapters/([^/]+)/" },
      { path: src("adapters"), pathNot: "^src/adapters/($1|process)/" },
    ),
    rule(
      "what-models-share-knows-no-provider",
      { path: src("adapters/model/shared") },
      {
        path: [...src("adapters/model"), ...VENDORS],
        pathNot: src("adapters/model/shared"),
      },
    ),
    rule(
      "one-provider-knows-no-other",
      { path: "^src/adapters/model/([^/]+)/", pathNot: src("adapters/model/shared") },
      { path: src("adapters/model"), pathNot: "^src/adapters/model/($1|shared)/" },
    ),
    rule(
      "the-toolbox-meets-a-vendor-in-one-file",
      { path: src("adapters/toolbox"), pathNot: src("adapters/toolbox/agent-toolset") },
      { path: VENDORS },
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
      { path: "^src/actions/(control|conformance)" },
      { reachable: true, path: "^src/adapters/(model|sandbox)/" },
    ),
    rule(
      "the-mind-that-thinks-cannot-write",
      { path: "^src/actions/(?!control|conformance)" },
      { reachable: true, path: "^src/adapters/github/" },
    ),
    rule(
      "actions-ship-no-twin",
      { path: src("actions") },
      { reachable: true, path: src("twin", "cli") },
    ),
    rule("src-never-imports-test", { path: "^src/" }, { path: "^test/" }),
    rule(
      "no-orphans",
      { orphan: true, path: "^src/", pathNot: ["^src/twin/example/", "^src/widget/"] },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    skipAnalysisNotInRules: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/twin/example/" },
  },
};
