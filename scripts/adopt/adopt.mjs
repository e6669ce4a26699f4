// One example, from its files to a merged issue, in a temporary folder.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { chooseNetworkEnvironment } from "../../src/adapters/sandbox/toolchains/network-environment.ts";
import { EXAMPLES, missingOn } from "./examples.mjs";

/** Proxies, registries and certificates, which a machine behind a proxy needs to reach packages. */
const NETWORK = chooseNetworkEnvironment(process.env, ["/usr", "/etc/ssl"]).variables;

/** Commands that a person types, in order; the README has to name each, or another document is needed. */
const TYPED = ["init", "doctor", "rehearse"];

/**
 * `{ name, outcome: "merged" | "left-out" | "failed", because?, … }`, and for a merged one its cost. Seconds are of the wall clock.
 */
export async function adopt(example, { root, minutes }) {
  const { name, needs } = example;
  const path = pathOf(process.env.PATH ?? "");
  const missing = missingOn(path, ["git", "bwrap", ...needs]);
  if (missing.length > 0) {
    return { name, outcome: "left-out", because: `this machine lacks ${missing.join(", ")}` };
  }
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `millwright-adopt-${name}-`)));
  const desk = { root, folder, path, deadline: performance.now() + minutes * 60_000 };
  try {
    return { name, ...(await play(example, desk)) };
  } catch (error) {
    return { name, outcome: "failed", because: error.message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play({ name }, desk) {
  const { root, folder } = desk;
  const repo = join(folder, name);
  for (const each of ["home", "tmp"]) mkdirSync(join(folder, each));
  cpSync(join(root, EXAMPLES, name, "repository"), repo, { recursive: true });
  git(desk, repo, "init", "--quiet", "--initial-branch=main");
  commit(desk, repo, "Begin");
  const base = head(desk, repo);
  const begun = performance.now();

  const init = await millwright(desk, ["init", ...words({ repo }), "--yes", "--first-day", "live"]);
  if (init.code !== 0) return failed("init", init);
  const initSeconds = seconds(begun);
  // The next step that init prints; nothing is edited between.
  commit(desk, repo, "Add the factory");
  const doctor = await millwright(desk, ["doctor", ...words({ repo })]);
  const bad = (doctor.result?.findings ?? []).filter(({ state }) => state === "bad");
  if (doctor.result === undefined || bad.length > 0) return failed("doctor", doctor);

  const [issue, script] = ["ISSUE.md", "script.yml"].map((file) =>
    join(root, EXAMPLES, name, file),
  );
  const rehearsal = await millwright(desk, ["rehearse", ...words({ repo, issue, script })]);
  const { result } = rehearsal;
  if (rehearsal.code !== 0 || result?.pullRequest?.merged !== true) {
    return failed("rehearse", rehearsal);
  }
  const added = numbersOf(desk, repo, base);
  const edits = git(desk, repo, "status", "--porcelain").trim();
  return {
    outcome: "merged",
    sentence: result.sentence,
    questions: init.result.questions,
    edits: edits === "" ? 0 : edits.split("\n").length,
    seconds: { init: initSeconds, whole: seconds(begun) },
    lines: added,
    documents: documentsFor(root),
    checks: init.result.checks.filter(({ keep }) => keep).map((check) => check.name),
    notKept: init.result.checks.filter(({ keep }) => !keep).map((check) => check.name),
    proven: result.evidence.failToPass,
    humanActions: result.humanActions,
  };
}

function words(options) {
  return [...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]), "--json"];
}

function failed(step, { code, killed, result, stderr }) {
  const end = killed ? "was not done in time" : `ended with ${code}`;
  const why = result?.sentence ?? stderr.trim().split("\n").slice(-12).join("\n");
  return { outcome: "failed", because: `${step} ${end}: ${why}` };
}

/** Runs the command as a person types it, with only the PATH and network variables of this environment. */
async function millwright({ root, folder, path, deadline }, line) {
  const child = spawn(process.execPath, [join(root, "scripts/millwright.mjs"), ...line], {
    cwd: folder,
    env: { ...NETWORK, PATH: path, HOME: join(folder, "home"), TMPDIR: join(folder, "tmp") },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: Math.max(1, Math.round(deadline - performance.now())),
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) {
    child[stream].setEncoding("utf8").on("data", (text) => {
      said[stream] += text;
    });
  }
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
  });
  const last = said.stdout.split("\n").findLast((text) => text.startsWith("{"));
  const result = last === undefined ? undefined : JSON.parse(last);
  return { code, killed: child.killed, result, stderr: said.stderr };
}

/** Without configuration of this machine or its user. */
function git({ folder, path }, repo, ...line) {
  const person = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  return execFileSync("git", ["-C", repo, ...person, ...line], {
    encoding: "utf8",
    env: { PATH: path, HOME: join(folder, "home"), GIT_CONFIG_NOSYSTEM: "1" },
  });
}

function commit(desk, repo, message) {
  git(desk, repo, "add", "--all");
  git(desk, repo, "commit", "--quiet", "--message", message);
}

function head(desk, repo) {
  return git(desk, repo, "rev-parse", "HEAD").trim();
}

/** Lines that the adoption added to the repository: by file as git counts them. */
function numbersOf(desk, repo, base) {
  const rows = git(desk, repo, "diff", "--numstat", base, "HEAD").trim().split("\n");
  return rows.reduce((sum, row) => sum + Number(row.split("\t")[0]), 0);
}

function seconds(begun) {
  return Math.round((performance.now() - begun) / 1_000);
}

/** The README, and one more document if it does not name a typed command. */
function documentsFor(root) {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const isNamed = TYPED.every((command) =>
    new RegExp(`(?:millwright(?:\\.mjs)?|npm run) ${command}\\b`).test(readme),
  );
  return isNamed ? ["README.md"] : ["README.md", "docs/reference/cli.md"];
}

/**
 * rustup's programs look for their toolchain in the home, which is empty here, so the toolchain's own folder comes
 * first.
 */
function pathOf(path) {
  if (missingOn(path, ["rustc"]).length > 0) return path;
  try {
    const home = execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim();
    const isRustup = dirname(home).endsWith("/toolchains");
    return isRustup ? [join(home, "bin"), path].join(delimiter) : path;
  } catch {
    return path;
  }
}
