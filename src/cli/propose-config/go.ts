import type { Look } from "./look.ts";
import { goPackages } from "./packages/go-packages.ts";
import { forEachPackage } from "./packages/packages.ts";
import { COMPILED_SECONDS, type ProposedCheck } from "./proposal.ts";
import { quote, valuesOf } from "./shell-text.ts";

/** The checks of a Go module or workspace: the toolchain's own, which need nothing but the modules. */
export function proposeGo(look: Look): readonly ProposedCheck[] {
  const manifest = look.has("go.work") ? "go.work" : "go.mod";
  const because = look.place(manifest);
  const packages = packagesOf(look);
  noteGo(look, manifest);
  return [
    setupOf(look, { because, packages }),
    formatOf(look, because),
    { name: "lint", run: `go vet ${packages}`, because },
    ...testsOf(look, { because, packages }),
    { name: "build", run: `go build -o /dev/null ${packages}`, because },
  ];
}

/** In a workspace one for each of its modules, about what the module requires alone. */
function testsOf(
  look: Look,
  { because, packages }: { readonly because: string; readonly packages: string },
): readonly ProposedCheck[] {
  const flags = flagsOfCi(look);
  const check = (what: string): ProposedCheck => ({
    name: "test",
    run: `go test -json ${flags}${what}`,
    report: { format: "go-test" },
    only: { run: `go test -json ${flags}"$@"`, by: "suites" },
    timeoutSeconds: COMPILED_SECONDS,
    because: seenInCi(look) ?? because,
  });
  const modules = foldersOf(look).map((folder) => folder.replace(/^\.\//, ""));
  // A module without tests leaves no report.
  const hasTests = (folder: string) =>
    look.files.some((path) => path.startsWith(`${folder}/`) && path.endsWith("_test.go"));
  const ofModules = forEachPackage(goPackages(look, modules), ({ folder }) =>
    hasTests(folder) ? check(quote(`./${folder}/...`)) : undefined,
  );
  return ofModules ?? [check(packages)];
}

/**
 * The modules, with compiled code of them and of Go's own packages: every check finds it in a copy of Go's build cache,
 * instead of compiling it again. `go vet` also compiles the imports of tests, and runs nothing of them (go help vet).
 */
function setupOf(
  look: Look,
  { because, packages }: { readonly because: string; readonly packages: string },
): ProposedCheck {
  const fetch = look.has("vendor/modules.txt") ? "" : "go mod download && ";
  return {
    name: "setup",
    run: `${fetch}{ go vet ${packages} || echo 'what go vet finds does not count here; the check lint says it'; }`,
    timeoutSeconds: COMPILED_SECONDS,
    because,
  };
}

/** In a workspace `./...` stands for the module of the folder alone. */
function packagesOf(look: Look): string {
  const folders = foldersOf(look).map((folder) => quote(folder));
  if (folders.length === 0) return "./...";
  return folders.map((folder) => `${folder}/...`).join(" ");
}

/** The modules that a workspace uses, as it names them; none without one. */
function foldersOf(look: Look): readonly string[] {
  const text = look.text("go.work") ?? "";
  const block = /^use\s*\(([\s\S]*?)\)/m.exec(text)?.[1]?.split("\n") ?? [];
  const single = [...text.matchAll(/^use\s+([^\s(]+)/gm)].map(([, folder = ""]) => folder);
  return [...block, ...single]
    .map((line) =>
      line
        .replace(/\/\/.*$/, "")
        .trim()
        .replace(/^"(.*)"$/, "$1"),
    )
    .filter((folder) => /^\.(?:\/|$)/.test(folder) && !folder.includes(".."))
    .map((folder) => folder.replace(/\/+$/, ""));
}

/** What gofmt would change is printed, and nothing may be. Test data holds broken files on purpose. */
function formatOf(look: Look, because: string): ProposedCheck {
  const others = ["vendor", "testdata", ".git", "node_modules"]
    .map((folder) => `-not -path '*/${folder}/*'`)
    .join(" ");
  const ci = look.ci.find(({ words }) => /^(?:gofmt|gofumpt)$/.test(words[0]?.value ?? ""));
  return {
    name: "format",
    run: `found=$(find . -name '*.go' ${others} -exec gofmt -l {} +) && echo "$found" && test -z "$found"`,
    because: ci === undefined ? because : `${ci.workflow} runs it`,
  };
}

const COPIED = /^-(?:short|tags=[\w,.-]+|p=\d+|parallel=\d+|timeout=\w+|shuffle=\w+)$/;

function testCalls(look: Look) {
  return look.ci.filter(({ words }) => {
    const [first, second] = valuesOf(words);
    return first === "go" && second === "test";
  });
}

function flagsOfCi(look: Look): string {
  const [call] = testCalls(look);
  return (call?.words ?? [])
    .filter(({ value, plain }) => plain && COPIED.test(value))
    .map(({ raw }) => `${raw} `)
    .join("");
}

function seenInCi(look: Look): string | undefined {
  const [call] = testCalls(look);
  return call === undefined ? undefined : `${call.workflow} runs it`;
}

function noteGo(look: Look, manifest: string): void {
  const version = /^go\s+(\S+)/m.exec(look.text(manifest) ?? "")?.[1];
  if (version !== undefined) {
    look.note(
      `${look.place(manifest)} asks for Go ${version}; an older one fetches it during setup`,
    );
  }
  if (look.files.some((path) => /^\.golangci\.(?:ya?ml|toml|json)$/.test(path))) {
    look.note(
      "golangci-lint is configured and is no part of Go's toolchain: go vet is proposed as lint",
    );
  }
  const modules = look.files.filter((path) => /\/go\.mod$/.test(path) && !path.includes("vendor/"));
  if (manifest === "go.mod" && modules.length > 0) {
    look.note(
      `${modules.slice(0, 5).join(", ")}${modules.length > 5 ? ", …" : ""}: modules of their own, which ./... leaves out`,
    );
  }
}
