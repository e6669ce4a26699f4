import { inFolder } from "../in-folder.ts";
import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { javascriptPackages, workspacePatterns } from "../packages/javascript-packages.ts";
import { type NxProject, nxProjects } from "../packages/nx-packages.ts";
import { below, forEachPackage } from "../packages/packages.ts";
import { keysAt, type Parsed, textAt } from "../parsed.ts";
import { type ProposedCheck, REPORTS } from "../proposal.ts";
import { quote, writeCommand } from "../shell-text.ts";
import { checkOfKind, type Package, seenIn } from "./checks.ts";
import { setupOf } from "./install-scripts.ts";
import { findPackageManager } from "./package-manager.ts";
import { type Kind, kindOf } from "./programs.ts";
import { readScripts, scriptsOfKind } from "./scripts.ts";
import { checkOfTests, isOtherCheck } from "./test-check.ts";

const KINDS: readonly Kind[] = ["format", "lint", "types", "test", "build"];

/** The checks of a JavaScript or TypeScript package, from its manifest, its lock file and what CI runs. */
export function proposeJavaScript(look: Look): readonly ProposedCheck[] {
  const manifest = readManifest(look, "package.json", "json");
  if (manifest === undefined) return [];
  const manager = findPackageManager(look, manifest);
  const package_: Package = { look, manager, scripts: readScripts(look, manifest) };
  const projects = nxProjects(look);
  const found = KINDS.flatMap(
    (kind) =>
      checkOfKind(package_, kind) ??
      partOfTests(package_, kind) ??
      ofPackages(package_, { manifest, kind }) ??
      ofNx(package_, { projects, kind }) ??
      everywhere(package_, { manifest, kind }) ??
      guess(package_, { manifest, kind }) ??
      [],
  );
  noteSurroundings(look, manifest);
  return [setupOf(manager, manifest), ...found];
}

/** `"test": "xo && ava"` holds a lint check that stands nowhere else. */
function partOfTests(package_: Package, kind: Kind): ProposedCheck | undefined {
  if (kind === "test" || kind === "build") return undefined;
  const [script] = scriptsOfKind(package_.scripts, "test");
  const part = script?.parts?.find((words) => isOtherCheck(words) && kindOf(words) === kind);
  if (script === undefined || part === undefined || (script.parts?.length ?? 0) < 2)
    return undefined;
  return {
    name: kind,
    run: `${package_.manager.execute} ${writeCommand(part)}`,
    because: `a part of ${seenIn(package_.look, script)}`,
  };
}

/** A workspace whose root has no script: a check for each package that has one, about what the package needs alone. */
function ofPackages(
  { look, manager }: Package,
  { manifest, kind }: { readonly manifest: Parsed; readonly kind: Kind },
): readonly ProposedCheck[] | undefined {
  return forEachPackage(javascriptPackages(look, manifest), ({ folder }) => {
    const own = below(look, folder);
    const scripts = readScripts(own, readManifest(own, "package.json", "json"));
    const check = checkOfKind({ look: own, manager, scripts }, kind);
    return check === undefined ? undefined : inFolder(check, folder);
  });
}

/** A workspace of Nx: the target of each project that has one, by the name that Nx's own generators give it. */
function ofNx(
  { look, manager }: Package,
  { projects, kind }: { readonly projects: readonly NxProject[]; readonly kind: Kind },
): readonly ProposedCheck[] | undefined {
  const each = forEachPackage(projects, ({ folder, name }) => {
    const targets = projects.find((one) => one.name === name)?.targets;
    const target = USUAL[kind].find((one) => targets?.has(one) === true);
    if (target === undefined) return undefined;
    const run = `${manager.execute} nx run ${quote(`${name}:${target}`)} --skip-nx-cache`;
    const because = `${look.place(`${folder}/project.json`)} targets.${target}`;
    if (kind !== "test" || !isJest(targets?.get(target))) return { name: kind, run, because };
    const file = `${REPORTS}/${folder.replaceAll("/", "-")}.json`;
    const report = { format: "jest", files: file } as const;
    return {
      name: kind,
      run: `mkdir -p ${REPORTS} && ${run} --json --outputFile="$PWD/${file}"`,
      report,
      because,
    };
  });
  const isBare = each?.some(({ name, report }) => name === "test" && report === undefined);
  if (isBare === true) {
    look.note(
      "the tests of Nx's projects run without a report of single tests where no executor of Jest runs them; the exit code tells",
    );
  }
  return each;
}

function isJest(executor: string | undefined): boolean {
  return executor !== undefined && /^@(?:nx|nrwl)\/jest:jest$/.test(executor);
}

const USUAL: Readonly<Record<Kind, readonly string[]>> = {
  format: ["format:check"],
  lint: ["lint"],
  types: ["typecheck", "type-check"],
  test: ["test"],
  build: ["build"],
};

/** A workspace whose root has no script: the scripts of its packages. */
function everywhere(
  { look, manager }: Package,
  wanted: { readonly manifest: Parsed; readonly kind: Kind },
): ProposedCheck | undefined {
  const { manifest, kind } = wanted;
  if (workspacePatterns(look, manifest).length === 0 && !look.has("pnpm-workspace.yaml")) {
    return undefined;
  }
  const members = look.files.filter((path) => /^[^/]+(?:\/[^/]+)?\/package\.json$/.test(path));
  const manifests = members.map((path) => readManifest(look, path, "json"));
  const script = USUAL[kind].find((name) =>
    manifests.some((member) => textAt(member, "scripts", name) !== undefined),
  );
  if (script === undefined) return undefined;
  if (kind === "test") {
    look.note(
      "the tests of the workspace run without a report of single tests; the exit code tells",
    );
  }
  return {
    name: kind,
    run: `${kind === "test" ? "CI=1 " : ""}${manager.runEverywhere(script)}`,
    because: `scripts.${script} of the workspace's packages`,
  };
}

/** What the dependencies suggest where no script and no workflow says anything. */
function guess(
  package_: Package,
  wanted: { readonly manifest: Parsed; readonly kind: Kind },
): ProposedCheck | undefined {
  const { look, manager } = package_;
  const { manifest, kind } = wanted;
  const has = (name: string) =>
    textAt(manifest, "devDependencies", name) !== undefined ||
    textAt(manifest, "dependencies", name) !== undefined;
  if (kind === "types" && has("typescript") && look.has("tsconfig.json")) {
    if (/"references"\s*:/.test(look.text("tsconfig.json") ?? "")) {
      look.note(
        "tsconfig.json has references; no type check is proposed, because tsc --noEmit would look at nothing",
        { unless: "types" },
      );
      return undefined;
    }
    const because = `${look.place("tsconfig.json")} and the dependency typescript`;
    return { name: "types", run: `${manager.execute} tsc --noEmit`, because };
  }
  if (kind !== "test") return undefined;
  const runner = ["vitest", "jest", "mocha", "ava"].find(has);
  if (runner === undefined) {
    look.note(`${look.place("package.json")} has no test script; no test check is proposed`, {
      unless: "test",
    });
    return undefined;
  }
  const word = { raw: runner, value: runner, plain: true };
  return checkOfTests(
    package_,
    { name: "", text: runner, parts: [[word]] },
    `the dependency ${runner}`,
  );
}

function noteSurroundings(look: Look, manifest: Parsed): void {
  if (/^\s*(?:@[^:\s]+:)?registry\s*=|_auth/m.test(look.text(".npmrc") ?? "")) {
    look.note(".npmrc names a registry or a credential: setup has a network and no credential");
  }
  const engine = textAt(manifest, "engines", "node");
  const pinned = (look.text(".nvmrc") ?? look.text(".node-version"))?.trim();
  const wanted = [
    ...(engine === undefined ? [] : [`package.json engines.node wants ${engine}`]),
    ...(pinned === undefined ? [] : [`.nvmrc or .node-version names ${pinned}`]),
  ];
  if (wanted.length > 0) {
    look.note(
      `${wanted.join("; ")}: the Node that runs the factory is the one that runs the checks`,
    );
  }
  const scripts = keysAt(manifest, "scripts").map(
    (name) => textAt(manifest, "scripts", name) ?? "",
  );
  if (
    scripts.some((text) => /\bnx affected\b|--since\b|\bgit (?:diff|log|rev-parse)\b/.test(text))
  ) {
    look.note(
      "a script asks git what changed; the sandbox's copy has no history, so that it may fail there",
    );
  }
}
