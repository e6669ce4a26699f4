import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { environment, input } from "./step.ts";

/** In place of actions/checkout: the files of one commit, by git, with no credential left behind. */
const [repository, ref] = [environment("GITHUB_REPOSITORY"), input("ref")];
const folder = join(environment("GITHUB_WORKSPACE"), input("path"));
const credential = Buffer.from(`x-access-token:${input("token")}`).toString("base64");
const git = (...words: readonly string[]) =>
  execFileSync("git", ["-C", folder, ...words], { stdio: "inherit" });
const depth = input("fetch-depth");
git("init", "--quiet", ".");
git(
  "-c",
  `http.extraheader=AUTHORIZATION: basic ${credential}`,
  "fetch",
  "--quiet",
  // 0 is all of the history.
  ...(depth === "0" ? [] : [`--depth=${depth}`]),
  `${environment("GITHUB_SERVER_URL")}/${repository}`,
  ref === "" ? environment("GITHUB_SHA") : ref,
);
git("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
