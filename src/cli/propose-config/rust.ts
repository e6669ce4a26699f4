import type { CiCommand } from "./ci-commands.ts";
import type { Look } from "./look.ts";
import { readManifest } from "./manifest.ts";
import { cargoPackages } from "./packages/cargo-packages.ts";
import { forEachPackage } from "./packages/packages.ts";
import { at, type Parsed, textAt } from "./parsed.ts";
import { COMPILED_SECONDS, type ProposedCheck } from "./proposal.ts";
import { quote, valuesOf } from "./shell-text.ts";

/** The checks of a Cargo package or workspace. After setup Cargo is told to stay offline. */
export function proposeRust(look: Look): readonly ProposedCheck[] {
  const manifest = readManifest(look, "Cargo.toml", "toml");
  if (manifest === undefined) return [];
  const isLocked = look.has("Cargo.lock");
  const because = look.place("Cargo.toml");
  const offline = isLocked ? "--locked --offline" : "--offline";
  const workspace = at(manifest, "workspace") === undefined ? "" : " --workspace";
  noteRust(look, { manifest, isLocked });
  const [tests, lint] = [callOf(look, "test"), callOf(look, "clippy")];
  return [
    {
      name: "setup",
      run: isLocked ? "cargo fetch --locked" : "cargo fetch",
      timeoutSeconds: COMPILED_SECONDS,
      because: look.place(isLocked ? "Cargo.lock" : "Cargo.toml"),
    },
    {
      name: "format",
      run: "cargo fmt --all --check",
      because: seen(callOf(look, "fmt")) ?? because,
    },
    {
      name: "lint",
      run: `cargo clippy ${offline}${flagsOf(lint) ?? `${workspace} --all-targets`}${denials(lint)}`,
      timeoutSeconds: COMPILED_SECONDS,
      because: seen(lint) ?? because,
    },
    ...testsOf(look, { manifest, offline, workspace, tests }),
  ];
}

/** What CI calls says how all of it is tested; else each member of a workspace is, about what it needs alone. */
function testsOf(
  look: Look,
  about: {
    readonly manifest: Parsed;
    readonly offline: string;
    readonly workspace: string;
    readonly tests: CiCommand | undefined;
  },
): readonly ProposedCheck[] {
  const { manifest, offline, workspace, tests } = about;
  const because = seen(tests) ?? look.place("Cargo.toml");
  const check = (flags: string): ProposedCheck => {
    const run = `cargo test ${offline} --no-fail-fast${flags}`;
    return {
      name: "test",
      run,
      report: { format: "cargo-test" },
      only: { run: `${run} -- --exact "$@"`, by: "names" },
      timeoutSeconds: COMPILED_SECONDS,
      because,
    };
  };
  const flags = flagsOf(tests);
  const packages =
    flags === undefined
      ? forEachPackage(cargoPackages(look, manifest), ({ name }) =>
          check(` --package ${quote(name)}`),
        )
      : undefined;
  return packages ?? [check(flags ?? workspace)];
}

/**
 * The call of CI that says most of what is built: one with flags before the plain one. Calls that build less, or the same as a
 * release, go last: CI makes them beside the others, to try one feature or one platform more.
 */
function callOf(look: Look, verb: string): CiCommand | undefined {
  const calls = look.ci.filter(({ words }) => {
    const [first, ...rest] = valuesOf(words);
    return first === "cargo" && rest.find((word) => !word.startsWith("+")) === verb;
  });
  const sound = calls.filter(
    ({ words }) => words.every(({ plain }) => plain) && !valuesOf(words).includes("--target"),
  );
  const whole = sound.filter(({ words }) => !valuesOf(words).some((word) => NARROWER.test(word)));
  const among = whole.length === 0 ? sound : whole;
  return among.find((call) => flagsOf(call) !== "") ?? among[0];
}

const NARROWER = /^--(?:no-default-features|release|lib|bins?|tests?|examples?|benches|bench|doc)$/;

function seen(call: CiCommand | undefined): string | undefined {
  return call === undefined ? undefined : `${call.workflow} runs it`;
}

const ALONE =
  /^--(?:workspace|all|all-features|all-targets|no-default-features|lib|bins|tests|examples|release)$/;
const WITH_VALUE = /^(?:--features|-F|--exclude|--package|-p)$/;

/** The flags that say what is built; undefined without a call. */
function flagsOf(call: CiCommand | undefined): string | undefined {
  if (call === undefined) return undefined;
  const values = valuesOf(call.words);
  const end = values.indexOf("--");
  const words = end === -1 ? call.words : call.words.slice(0, end);
  return words
    .flatMap(({ value, raw }, index) => {
      if (ALONE.test(value) || /^--(?:features|exclude|package)=/.test(value)) return [` ${raw}`];
      const next = words[index + 1];
      return WITH_VALUE.test(value) && next !== undefined ? [` ${raw} ${next.raw}`] : [];
    })
    .join("");
}

/** `-- -D warnings`, which decides whether a warning fails. */
function denials(call: CiCommand | undefined): string {
  const values = valuesOf(call?.words ?? []);
  const end = values.indexOf("--");
  if (call === undefined || end === -1) return "";
  return ` ${call.words
    .slice(end)
    .map(({ raw }) => raw)
    .join(" ")}`;
}

function noteRust(
  look: Look,
  about: { readonly manifest: unknown; readonly isLocked: boolean },
): void {
  const version =
    textAt(about.manifest, "package", "rust-version") ??
    textAt(about.manifest, "workspace", "package", "rust-version");
  if (version !== undefined) look.note(`Cargo.toml asks for Rust ${version} or newer`);
  const pinned = ["rust-toolchain.toml", "rust-toolchain"].find((path) => look.has(path));
  if (pinned !== undefined) {
    look.note(
      `${look.place(pinned)} names a toolchain: it has to be installed before, with clippy and rustfmt`,
    );
  }
  if (!about.isLocked) look.note("no Cargo.lock: setup takes the newest versions that fit");
}
