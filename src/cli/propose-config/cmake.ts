import type { Look } from "./look.ts";
import { COMPILED_SECONDS, type ProposedCheck, REPORTS } from "./proposal.ts";
import { valuesOf } from "./shell-text.ts";

/** Outside of the sources, so that no build is taken for a change; what setup builds there is built no second time. */
const BUILD = '"$XDG_CACHE_HOME/cmake-build"';
const REPORT = `${REPORTS}/test.xml`;

/** The checks of a CMake project: what it builds, and what CTest knows of its tests. */
export function proposeCmake(look: Look): readonly ProposedCheck[] {
  const text = look.text("CMakeLists.txt") ?? "";
  const because = look.place("CMakeLists.txt");
  const configured = configuredBy(look);
  const build = `cmake --build ${BUILD} --parallel`;
  const flags = configured?.flags ?? offOptions(text).map((name) => `-D${name}=ON`);
  const configure = ["cmake -S . -B", BUILD, ...flags].join(" ");
  const ctest = `mkdir -p ${REPORTS} && ${build} && ctest --test-dir ${BUILD} --output-on-failure --output-junit "$PWD/${REPORT}"`;
  const hasTests = holdsTests(look, text);
  if (!hasTests) {
    look.note(`${because} names no test for CTest; no test check is proposed`, { unless: "test" });
  }
  return [
    {
      name: "setup",
      run: `${configure} && ${build}`,
      timeoutSeconds: COMPILED_SECONDS,
      because: configured === undefined ? because : `${configured.workflow} configures it so`,
    },
    ...(hasTests
      ? [
          {
            name: "test" as const,
            run: ctest,
            report: REPORT,
            only: { run: `${ctest} -R "$1"`, by: "pattern" as const },
            timeoutSeconds: COMPILED_SECONDS,
            because,
            caution: "CTest writes its report since CMake 3.21",
          },
        ]
      : []),
    { name: "build", run: build, timeoutSeconds: COMPILED_SECONDS, because },
  ];
}

function holdsTests(look: Look, text: string): boolean {
  const said =
    /\b(?:enable_testing|add_test|include\s*\(\s*CTest|catch_discover_tests|gtest_discover_tests)\b/i;
  const below = look.files.filter((path) => /^[^/]+(?:\/[^/]+)?\/CMakeLists\.txt$/.test(path));
  return said.test(text) || below.some((path) => said.test(look.text(path) ?? ""));
}

/** The settings that CI hands to CMake, where they can be copied. */
function configuredBy(look: Look) {
  const calls = look.ci.filter(
    ({ words }) => words[0]?.value === "cmake" && !valuesOf(words).includes("--build"),
  );
  for (const { words, workflow } of calls) {
    const flags = words.filter(({ value }) => /^-D\w+(?::\w+)?=/.test(value));
    if (flags.length > 0 && flags.every(({ plain }) => plain)) {
      return { flags: flags.map(({ raw }) => raw), workflow };
    }
  }
  return undefined;
}

/** Settings about tests that are off unless somebody turns them on. */
function offOptions(text: string): readonly string[] {
  const options = text.matchAll(/^\s*option\s*\(\s*(\w{1,100})\s+"[^"\n]{0,300}"\s+OFF\s*\)/gim);
  return [...options].flatMap(([, name = ""]) =>
    /(?:^|_)TEST(?:S|ING)?(?:_|$)/i.test(name) ? [name] : [],
  );
}
