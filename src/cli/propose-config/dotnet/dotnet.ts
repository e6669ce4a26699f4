import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { textAt } from "../parsed.ts";
import { COMPILED_SECONDS, type ProposedCheck, REPORTS } from "../proposal.ts";
import { quote, valuesOf } from "../shell-text.ts";

const SOLUTION = /^[^/]+\.slnx?$/;
const PROJECT = /\.(?:cs|fs|vb)proj$/;
/** What makes a project one of tests: the package of the host, or the SDK and property that stand for it. */
const OF_TESTS =
  /Include="Microsoft\.NET\.Test\.Sdk"|<IsTestProject>\s*true|Sdk="MSTest\.Sdk|<TestingPlatformDotnetTestSupport>\s*true/i;

/** The checks of a .NET solution or project: the SDK's own, which need nothing but what `restore` fetched. */
export function proposeDotnet(look: Look): readonly ProposedCheck[] {
  const target = targetOf(look);
  if (target === undefined) return [];
  const because = look.place(target);
  const what = quote(target);
  noteSdk(look);
  return [
    {
      name: "setup",
      run: `dotnet restore ${what}${isLocked(look) ? " --locked-mode" : ""}`,
      timeoutSeconds: COMPILED_SECONDS,
      because,
    },
    ...formatOf(look, { what, because }),
    ...testsOf(look, { what, because }),
    {
      name: "build",
      run: `dotnet build ${what} --no-restore`,
      timeoutSeconds: COMPILED_SECONDS,
      because,
    },
  ];
}

/** What the commands are about: the one solution, else the one project. Of several, the one that CI names. */
function targetOf(look: Look): string | undefined {
  const solutions = look.files.filter((path) => SOLUTION.test(path));
  const outer = look.files.filter((path) => PROJECT.test(path) && !path.includes("/"));
  const all = solutions.length > 0 ? solutions : outer;
  if (all.length === 1) return all[0];
  const named = all.filter((path) =>
    look.ci.some(({ words }) => {
      const [program, ...rest] = valuesOf(words);
      return program === "dotnet" && rest.some((word) => word.replace(/^\.\//, "") === path);
    }),
  );
  if (named.length === 1) return named[0];
  look.note(
    `${all.slice(0, 4).join(", ")}: which of them the checks are about was not told, as no command of CI names one; no check is proposed`,
    { unless: "test" },
  );
  return undefined;
}

function projectsOf(look: Look): readonly string[] {
  return look.files.filter((path) => PROJECT.test(path));
}

/** Locked mode is for a solution all of whose projects have a lock file: NuGet refuses the rest then. */
function isLocked(look: Look): boolean {
  const projects = projectsOf(look);
  return (
    projects.length > 0 &&
    projects.every((path) => look.has(path.replace(/[^/]+$/, "packages.lock.json")))
  );
}

function formatOf(
  look: Look,
  { what, because }: { readonly what: string; readonly because: string },
): readonly ProposedCheck[] {
  const call = look.ci.find(({ words }) => {
    const [program, verb] = valuesOf(words);
    return program === "dotnet" && verb === "format";
  });
  const isConfigured = look.has(".editorconfig");
  if (call === undefined && !isConfigured) return [];
  return [
    {
      name: "format",
      run: `dotnet format ${what} --no-restore --verify-no-changes`,
      timeoutSeconds: COMPILED_SECONDS,
      because: call === undefined ? `${because} and .editorconfig` : `${call.workflow} runs it`,
    },
  ];
}

/** Each project of tests writes a file of its own. Its logger is a part of the SDK's test host. */
function testsOf(
  look: Look,
  { what, because }: { readonly what: string; readonly because: string },
): readonly ProposedCheck[] {
  const projects = projectsOf(look).filter((path) => OF_TESTS.test(look.text(path) ?? ""));
  if (projects.length === 0) {
    look.note(`${because}: no project of tests was found; no test check is proposed`, {
      unless: "test",
    });
    return [];
  }
  const run = `dotnet test ${what} --no-restore`;
  const check = { name: "test" as const, timeoutSeconds: COMPILED_SECONDS, because };
  if (usesTestingPlatform(look)) {
    look.note(
      "global.json chooses Microsoft.Testing.Platform, which writes a report only with a package of its own: the exit code tells",
    );
    return [{ ...check, run }];
  }
  const logged = `${run} --logger trx --results-directory ${REPORTS}`;
  return [
    {
      ...check,
      run: logged,
      report: { format: "trx", files: `${REPORTS}/*.trx` },
      only: {
        run: `${logged} --filter "$1"`,
        by: "suites",
        prefix: "FullyQualifiedName~",
        join: "|",
      },
    },
  ];
}

/** https://learn.microsoft.com/dotnet/core/tools/global-json: `test.runner`, since the SDK of .NET 10 */
function usesTestingPlatform(look: Look): boolean {
  const runner = textAt(readManifest(look, "global.json", "json"), "test", "runner");
  return runner === "Microsoft.Testing.Platform";
}

function noteSdk(look: Look): void {
  const version = textAt(readManifest(look, "global.json", "json"), "sdk", "version");
  if (version !== undefined) {
    look.note(
      `${look.place("global.json")} asks for the .NET SDK ${version}: it has to be installed before`,
    );
  }
  if (
    /<(?:packageSource|clear)/i.test(look.text("nuget.config") ?? look.text("NuGet.Config") ?? "")
  ) {
    look.note("nuget.config names sources: setup has a network and no credential");
  }
}
