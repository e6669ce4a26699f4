// Writes what a rehearsal needs to replay a commit that once fixed something: `issue.md`, as a person would have filed it,
// and `script.yml`, in which the coder makes exactly the commit's change. Nothing of the repository is committed here, and
// nothing of it is written: only its objects are read.
// Each `--test` is the id of a test that the fix brought, as the report of its runner names it: it is named for the criterion.
// Without one nothing is named, and the factory asks a person. Each `--asserts` is a line of the fix that asserts it, which
// the reviewer quotes.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { readArguments, refuseUsage } from "./arguments.mjs";

const NAME = "node scripts/replay-fix.mjs";

const { values } = readArguments(
  NAME,
  {
    repo: { type: "string", value: "path", says: "the clone; only its objects are read" },
    fix: { type: "string", value: "commit", says: "the commit that fixed it" },
    out: { type: "string", value: "folder", says: "where both files are written" },
    test: { type: "string", multiple: true, value: "id", says: "a test that the fix brought" },
    asserts: { type: "string", multiple: true, value: "path:line", says: "a line that asserts it" },
  },
  { says: "Writes issue.md and script.yml, for a rehearsal that replays a commit that fixed it." },
);
if (!values.repo || !values.fix || !values.out) {
  refuseUsage(NAME, "--repo PATH, --fix COMMIT and --out FOLDER are needed");
}
const repository = resolve(values.repo);
const out = resolve(values.out);

const git = (...words) =>
  execFileSync("git", ["-C", repository, "-c", "safe.directory=*", ...words], {
    env: { PATH: process.env.PATH, GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" },
    maxBuffer: 2 ** 28,
  });
const text = (...words) =>
  git(...words)
    .toString("utf8")
    .trim();

const fix = text("rev-parse", "--verify", "--end-of-options", `${values.fix}^{commit}`);
const base = text("rev-parse", `${fix}^1`);
const [subject = "", ...description] = text("log", "-1", "--format=%B", fix).split("\n");
const raw = git("diff-tree", "-r", "-z", "--no-renames", base, fix).toString("utf8");
const changes = [...raw.matchAll(/:([^\0]*)\0([^\0]*)\0/g)].map(([, line, path]) => ({
  path,
  mode: line.split(" ")[1],
  deleted: line.split(" ")[4] === "D",
}));

/** The most bytes of a model's reply; more goes into another turn. */
const TURN_BYTES = 12_000;

function contentAt(commit, path) {
  const bytes = git("cat-file", "blob", `${commit}:${path}`);
  const content = bytes.toString("utf8");
  return Buffer.from(content).equals(bytes) ? { content } : { bytes };
}

/** The hunks of a diff as edits whose old text occurs exactly once in the file; undefined if that is impossible. */
function editsOf(path, before, after) {
  for (const context of [3, 6, 12, 25, 50]) {
    const diff = git(
      "diff",
      "--no-ext-diff",
      "--no-textconv",
      `-U${context}`,
      base,
      fix,
      "--",
      path,
    );
    const hunks = diff
      .toString("utf8")
      .split(/^@@ .*$\n?/m)
      .slice(1);
    const edits = hunks.map((hunk) => {
      const lines = hunk
        .split("\n")
        .slice(0, -1)
        .filter((line) => !line.startsWith("\\"));
      const side = (sign) =>
        lines
          .filter((line) => line[0] === " " || line[0] === sign)
          .map((line) => line.slice(1))
          .join("\n");
      return { old_string: side("-"), new_string: side("+") };
    });
    let current = before;
    const unique = edits.every(({ old_string, new_string }) => {
      if (old_string === "" || current.split(old_string).length !== 2) return false;
      current = current.split(old_string).join(new_string);
      return true;
    });
    if (unique && current === after) return edits;
  }
  return undefined;
}

function writesOf(path, content) {
  const parts = content.match(/[\s\S]{1,8000}/g) ?? [""];
  return parts.map((part, index) =>
    index === 0
      ? { tool: "write", input: { file_path: path, content: part } }
      : bash(`printf %s ${quoted(part)} >> ${quoted(path)}`),
  );
}

const bash = (command) => ({ tool: "bash", input: { command } });

const calls = changes.flatMap(({ path, mode, deleted }) => {
  if (deleted) return [bash(`rm -- ${quoted(path)}`)];
  if (mode !== "100644" && mode !== "100755") {
    throw new Error(`${path} has the mode ${mode}: a change set holds regular files alone`);
  }
  const after = contentAt(fix, path);
  const before = existed(path) ? contentAt(base, path) : undefined;
  const edits =
    before?.content !== undefined && after.content !== undefined
      ? editsOf(path, before.content, after.content)
      : undefined;
  const changed =
    edits?.map((edit) => ({ tool: "edit", input: { file_path: path, ...edit } })) ??
    (after.content === undefined
      ? [bash(`base64 -d > ${quoted(path)} <<'END'\n${after.bytes.toString("base64")}\nEND`)]
      : writesOf(path, after.content));
  return mode === "100755" ? [...changed, bash(`chmod +x -- ${quoted(path)}`)] : changed;
});

function existed(path) {
  return text("ls-tree", "--name-only", base, "--", path) !== "";
}

const turns = [];
let size = Number.POSITIVE_INFINITY;
for (const call of calls) {
  const bytes = JSON.stringify(call).length;
  if (size + bytes > TURN_BYTES) {
    turns.push({ calls: [] });
    size = 0;
  }
  turns.at(-1).calls.push(call);
  size += bytes;
}

function quoted(path) {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

const paths = changes.map(({ path }) => path);
const title = subject.replace(/\s*\(#\d+\)$/, "");
const contract = {
  goal: title.slice(0, 280),
  acceptance: [
    {
      id: "AC1",
      statement: `Given the base commit, when the tests run, then the case that "${title.slice(0, 200)}" names fails, and it passes with the change`,
      kind: "changes",
    },
  ],
  nonGoals: ["Any change beyond that case"],
  context: { files: paths.slice(0, 30), tests: [], docs: [], decisions: [], notFound: [] },
  tools: { mcp: [], readOnly: ["read", "glob", "grep"], mutating: ["write", "bash"], denied: [] },
  boundaries: { paths: paths.slice(0, 30), commands: [], network: [], secrets: [] },
  checks: ["test"],
  stop: ["A test that passed before would fail"],
  split: [],
  reviewNote: `Replays ${fix.slice(0, 12)} from its parent`,
};
const proofs =
  values.test.length === 0 ? {} : { proofs: [{ criterion: "AC1", tests: values.test }] };
const done = (summary) => ({ json: { summary, assumptions: [], ...proofs } });

/** Attempts that the factory makes by itself (`limits.attempts`), and conversations about repairs in all of them. */
const ATTEMPTS = 3;
const REPAIRS = 9;

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
/** Parts that a successful run never asks for are not reported as unused. */
const unasked = (turns, index) =>
  index === 0 ? turns : turns.map((turn) => ({ ...turn, optional: true }));

const plan = [
  { json: { steps: ["Make the change with its tests"], files: paths.slice(0, 30), risks: [] } },
];
/** A line of the fix, as the reviewer quotes it. */
function quoteOf(place) {
  const [, path = "", line = ""] = /^(.+):([1-9]\d*)$/.exec(place) ?? [];
  const said =
    path === "" ? undefined : contentAt(fix, path).content?.split("\n")[Number(line) - 1];
  if (said === undefined) throw new Error(`--asserts ${place}: the fix has no such line of text`);
  return { path, line: Number(line), text: said };
}

const review = [
  {
    json: {
      decision: "approve",
      summary: "It is the change that was once made for this",
      findings: [],
      criteria: [
        {
          id: "AC1",
          answer: "yes",
          evidence: "the tests that failed on the base pass",
          quotes: values.asserts.map(quoteOf),
        },
      ],
      assumptions: [],
      notVerified: [],
      smallestRollback: "Revert the merge commit",
      risk: "low",
    },
  },
];
const work = [...turns, done(`The change of ${fix.slice(0, 12)}`)];
const script = {
  version: 1,
  owner: ["approve", "merge"],
  roles: {
    intake: [{ json: { result: { kind: "contract", contract } } }],
    // An attempt that is sent back begins again: planned, made and reviewed like the one before.
    architect: times(ATTEMPTS, (index) => unasked(plan, index)),
    // A check that still fails goes back to the coder in a conversation of its own, who changes nothing there.
    coder: [
      ...times(REPAIRS, () => ({
        when: { userMessage: "Repair what fails" },
        turns: [{ ...done("Nothing more to do"), optional: true }],
      })),
      ...times(ATTEMPTS, (index) => ({ turns: unasked(work, index) })),
    ],
    reviewer: times(ATTEMPTS, (index) => unasked(review, index)),
  },
};

mkdirSync(out, { recursive: true });
writeFileSync(
  join(out, "issue.md"),
  `# ${title}\n\n${description.join("\n").trim() || "See the title."}\n`,
);
writeFileSync(
  join(out, "script.yml"),
  `# Replays ${fix}. The format: docs/script-format.md\n${stringify(script, { lineWidth: 0, aliasDuplicateObjects: false })}`,
);
console.log(`--base ${base} --issue ${join(out, "issue.md")} --script ${join(out, "script.yml")}`);
