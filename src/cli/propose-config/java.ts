import type { Look } from "./look.ts";
import { gradlePackages } from "./packages/gradle-packages.ts";
import { mavenPackages } from "./packages/maven-packages.ts";
import { forEachPackage } from "./packages/packages.ts";
import { COMPILED_SECONDS, type ProposedCheck } from "./proposal.ts";
import { quote, valuesOf } from "./shell-text.ts";

/** The checks of a Maven build. */
export function proposeMaven(look: Look): readonly ProposedCheck[] {
  const pom = look.text("pom.xml") ?? "";
  const program = programOf(look, "mvnw");
  const maven = `${program ?? "mvn"} -B -ntp`;
  const because = look.place("pom.xml");
  const format = goalOfCi(
    look,
    /^(?:com\.diffplug\.spotless:.*|spotless|formatter|fmt):(?:check|validate)$/,
  );
  const lint = goalOfCi(look, /^(?:checkstyle|pmd|spotbugs):check$/);
  const goals = [format, lint].flatMap((found) => (found === undefined ? [] : [found.goal]));
  noteJava(look, pom);
  return [
    {
      name: "setup",
      run: [`${maven} -Dmaven.test.failure.ignore=true package`, ...goals].join(" "),
      timeoutSeconds: COMPILED_SECONDS,
      because,
      // Seen with Maven 3 and surefire 3: neither `-DskipTests verify` nor `dependency:go-offline` fetches it.
      caution:
        "it runs the tests once, because Maven fetches what runs them no earlier; their failures do not count here",
    },
    ...checkOfGoal("format", { maven, found: format }),
    ...checkOfGoal("lint", { maven, found: lint }),
    ...mavenTests(look, { maven, pom, because }),
    {
      name: "build",
      run: `${maven} -o -DskipTests package`,
      timeoutSeconds: COMPILED_SECONDS,
      because,
    },
  ];
}

/** For each module, with what it needs, which Maven builds and tests before it; else for all of them at once. */
function mavenTests(
  look: Look,
  about: { readonly maven: string; readonly pom: string; readonly because: string },
): readonly ProposedCheck[] {
  const { maven, pom, because } = about;
  const check = (what: string, reports: string): ProposedCheck => ({
    name: "test",
    run: `${maven} -o${what} test`,
    report: `${reports}target/surefire-reports/TEST-*.xml`,
    only: {
      // A module without any of them is no failure.
      run: `${maven} -o${what} test -Dtest="$1" -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false`,
      by: "suites",
      join: ",",
    },
    timeoutSeconds: COMPILED_SECONDS,
    because,
  });
  const ofModules = forEachPackage(mavenPackages(look, pom), ({ folder }) =>
    hasTests(look, folder)
      ? check(` --projects ${quote(folder)} --also-make`, `${folder}/`)
      : undefined,
  );
  return ofModules ?? [check("", /<modules>/.test(pom) ? "**/" : "")];
}

/** A module without tests leaves no report. */
function hasTests(look: Look, folder: string): boolean {
  return look.files.some((path) => path.startsWith(`${folder}/src/test/`));
}

interface Goal {
  readonly goal: string;
  readonly workflow: string;
}

function checkOfGoal(
  name: "format" | "lint",
  how: { readonly maven: string; readonly found: Goal | undefined },
): readonly ProposedCheck[] {
  if (how.found === undefined) return [];
  const { goal, workflow } = how.found;
  return [{ name, run: `${how.maven} -o ${goal}`, because: `${workflow} runs it` }];
}

/** A goal or task that CI calls, in plain words. */
function goalOfCi(look: Look, pattern: RegExp): Goal | undefined {
  for (const { words, workflow } of look.ci) {
    const [program = "", ...rest] = valuesOf(words);
    if (!/(?:^|\/)(?:mvnw?|gradlew?)$/.test(program)) continue;
    const goal = rest.find((word) => pattern.test(word) && /^[\w:.-]+$/.test(word));
    if (goal !== undefined) return { goal, workflow };
  }
  return undefined;
}

/** The wrapper that the repository holds; a file that may not be executed is given to the shell. */
function programOf(look: Look, wrapper: string): string | undefined {
  if (!look.has(wrapper)) return undefined;
  return look.isExecutable(wrapper) ? `./${wrapper}` : `sh ${wrapper}`;
}

/** The checks of a Gradle build. */
export function proposeGradle(look: Look): readonly ProposedCheck[] {
  const build = look.has("build.gradle.kts") ? "build.gradle.kts" : "build.gradle";
  const settings = look.has("settings.gradle.kts") ? "settings.gradle.kts" : "settings.gradle";
  const manifest = look.has(build) ? build : settings;
  const text = `${look.text(build) ?? ""}\n${look.text(settings) ?? ""}`;
  if (/com\.android\.(?:application|library)|androidApplication/.test(text)) {
    look.note(
      `${look.place(manifest)} builds for Android, whose SDK the sandbox has not; no check is proposed`,
      { unless: "test" },
    );
    return [];
  }
  const gradle = `${programOf(look, "gradlew") ?? "gradle"} --no-daemon`;
  const because = look.place(manifest);
  const format = goalOfCi(look, /^(?::[\w-]+:)?(?:spotlessCheck|ktlintCheck)$/);
  const lint = goalOfCi(look, /^(?::[\w-]+:)?(?:detekt|checkstyleMain|ktlint|lint)$/);
  const tasks = [format, lint].flatMap((found) => (found === undefined ? [] : [` ${found.goal}`]));
  noteJava(look, text);
  return [
    {
      name: "setup",
      run: `${gradle} assemble testClasses${tasks.join("")} && { ${gradle} --continue test || echo 'a test of the base fails; the check test says which'; }`,
      timeoutSeconds: COMPILED_SECONDS,
      because: look.has("gradlew") ? look.place("gradlew") : because,
      caution:
        "it runs the tests once, because Gradle fetches what runs them no earlier; their failures do not count here",
    },
    ...(format === undefined ? [] : [checkOfTask("format", gradle, format)]),
    ...(lint === undefined ? [] : [checkOfTask("lint", gradle, lint)]),
    ...gradleTests(look, { gradle, text, because }),
    {
      name: "build",
      run: `${gradle} --offline assemble`,
      timeoutSeconds: COMPILED_SECONDS,
      because,
    },
  ];
}

/** For each project, with what it needs, which Gradle builds before it; else for all of them at once. */
function gradleTests(
  look: Look,
  about: { readonly gradle: string; readonly text: string; readonly because: string },
): readonly ProposedCheck[] {
  const { gradle, text, because } = about;
  const check = (task: string, reports: string): ProposedCheck => ({
    name: "test",
    run: `${gradle} --offline --continue ${task}`,
    report: `${reports}build/test-results/test/TEST-*.xml`,
    only: {
      run: `${gradle} --offline --continue ${task} "$@"`,
      by: "suites",
      prefix: "--tests=",
    },
    timeoutSeconds: COMPILED_SECONDS,
    because,
  });
  const ofProjects = forEachPackage(gradlePackages(look), ({ folder, name }) =>
    hasTests(look, folder) ? check(`${name}:test`, `${folder}/`) : undefined,
  );
  return ofProjects ?? [check("test", /\binclude\b/.test(text) ? "**/" : "")];
}

function checkOfTask(
  name: "format" | "lint",
  gradle: string,
  { goal, workflow }: Goal,
): ProposedCheck {
  return { name, run: `${gradle} --offline ${goal}`, because: `${workflow} runs it` };
}

function noteJava(look: Look, text: string): void {
  const version =
    /<(?:maven\.compiler\.release|java\.version|maven\.compiler\.source)>\s*([\d.]+)\s*</.exec(
      text,
    )?.[1] ??
    /JavaLanguageVersion\.of\((\d+)\)/.exec(text)?.[1] ??
    look.text(".java-version")?.trim();
  if (version !== undefined)
    look.note(`the build asks for Java ${version}; the java on PATH is used`);
}
