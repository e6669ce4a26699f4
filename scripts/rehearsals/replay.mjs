// One fix, replayed from its parent commit: cloned if necessary, written as an issue and a script, rehearsed.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { repositoryOf } from "./fixes.mjs";

/** `{ result }` in its stored form, or `{ fault }` if there is none. */
export async function replay(fix, { root, clones, minutes }) {
  const place = join(root, ".rehearsals/replays", fix.name);
  mkdirSync(place, { recursive: true });
  try {
    const repo = clone(fix, clones);
    write(fix, { root, repo, place });
    const played = await rehearse(fix, { root, repo, place, minutes });
    return played.text === undefined
      ? { fault: `${played.why}; what it said is in ${join(place, "output.log")}` }
      : { result: keep(fix, JSON.parse(played.text), played) };
  } catch (error) {
    return { fault: error.message };
  }
}

function clone({ url, fix }, clones) {
  const repo = join(clones, repositoryOf({ url }).split("/")[1]);
  const git = (...words) => execFileSync("git", words, { stdio: ["ignore", "pipe", "inherit"] });
  if (!existsSync(repo)) git("clone", "--quiet", url, repo);
  git("-C", repo, "cat-file", "-e", `${fix}^{commit}`);
  return repo;
}

function write({ fix, tests, asserts }, { root, repo, place }) {
  const named = [
    ...tests.flatMap((test) => ["--test", test]),
    ...asserts.flatMap((line) => ["--asserts", line]),
  ];
  const words = ["--repo", repo, "--fix", fix, "--out", place, ...named];
  execFileSync(process.execPath, [join(root, "scripts/replay-fix.mjs"), ...words]);
}

async function rehearse({ fix, config }, { root, repo, place, minutes }) {
  const log = openSync(join(place, "output.log"), "w");
  const given = config === undefined ? [] : ["--config", join(root, config)];
  const files = ["--issue", join(place, "issue.md"), "--script", join(place, "script.yml")];
  const words = ["rehearse", "--repo", repo, "--base", `${fix}^1`, ...files, ...given, "--json"];
  const before = { at: performance.now(), load: loadavg()[0] };
  const child = spawn(process.execPath, [join(root, "src/cli/main.ts"), ...words], {
    cwd: root,
    stdio: ["ignore", log, log],
    timeout: minutes * 60_000,
  });
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
  });
  closeSync(log);
  const text = readFileSync(join(place, "output.log"), "utf8")
    .split("\n")
    .findLast((line) => line.startsWith('{"'));
  return {
    text: child.killed ? undefined : text,
    why: child.killed ? `not done in ${minutes} minutes` : `it ended with ${code} and no result`,
    whole: (performance.now() - before.at) / 1_000,
    load: [before.load, loadavg()[0]],
  };
}

/** Of a result what the table needs; milliseconds become seconds. */
function keep({ tests }, result, measured) {
  const {
    sentence,
    repository,
    evidence,
    refusals,
    sentBack,
    humanActions,
    criteria,
    noticedLines,
  } = result;
  const setup = repository.tried.find(({ name }) => name === "setup");
  const verify = repository.jobs.findLast(({ path }) => path.includes("verify"));
  return {
    day: new Date().toISOString().slice(0, 10),
    base: repository.base,
    config: repository.config,
    ok: result.ok,
    stage: result.issue.stage,
    sentence,
    checks: evidence.checks,
    leftOut: repository.tried.filter(({ kept }) => !kept).map(({ name }) => name),
    proven: tests.filter((test) => evidence.failToPass.includes(test)),
    failToPass: evidence.failToPass.length,
    passToPass: evidence.passToPass,
    refusals: refusals.map(({ code, subject }) => ({ code, subject })),
    sentBack: sentBack.length,
    humanActions,
    seconds: {
      setup: seconds(setup?.durationMs ?? 0),
      tried: seconds(repository.tried.reduce((sum, { durationMs }) => sum + durationMs, 0)),
      verify: seconds(verify?.durationMs ?? 0),
      whole: Math.round(measured.whole),
    },
    load: measured.load.map((load) => Math.round(load * 10) / 10),
    ...(criteria === undefined ? {} : { criteria }),
    ...(noticedLines === undefined ? {} : { noticedLines }),
  };
}

function seconds(milliseconds) {
  return Math.round(milliseconds / 100) / 10;
}
