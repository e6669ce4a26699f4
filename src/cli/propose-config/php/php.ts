import { callsOfCi, callsOfScript, copied, type ToolCall } from "../calls.ts";
import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { at, itemsAt, keysAt, type Parsed, textAt } from "../parsed.ts";
import { type ProposedCheck, SETUP_SECONDS } from "../proposal.ts";
import { type Command, quote } from "../shell-text.ts";
import type { PhpProject } from "./project.ts";
import { phpTests } from "./test-check.ts";

/** The checks of a PHP project with composer: the tools that it requires and configures. */
export function proposePhp(look: Look): readonly ProposedCheck[] {
  const manifest = readManifest(look, "composer.json", "json");
  if (manifest === undefined) return [];
  const project: PhpProject = {
    look,
    packages: packagesOf(look, manifest),
    calls: [...callsOfCi(look, withoutRunner), ...callsOfScripts(look, manifest)],
    programs: programsOf(manifest),
    because: look.place("composer.json"),
  };
  notePhp(look, manifest);
  return [
    setupOf(look),
    ...TOOLS.flatMap((tool) => toolCheck(project, tool)),
    ...phpTests(project),
  ];
}

/** Without `composer exec`, `php` and their options. */
function withoutRunner(words: Command): Command {
  const values = words.map(({ value }) => value);
  const skipped =
    values[0] === "php" && !values[1]?.startsWith("-")
      ? 1
      : values[0] === "composer" && values[1] === "exec"
        ? 2
        : 0;
  return words.slice(values[skipped] === "--" ? skipped + 1 : skipped);
}

function callsOfScripts(look: Look, manifest: Parsed): readonly ToolCall[] {
  return keysAt(manifest, "scripts").flatMap((name) => {
    const script = at(manifest, "scripts", name);
    const lines = typeof script === "string" ? [script] : itemsAt(script);
    const because = `${look.place("composer.json")} scripts.${name}`;
    return lines.flatMap((line) =>
      typeof line === "string" && !line.startsWith("@")
        ? callsOfScript({ text: line, because }, withoutRunner)
        : [],
    );
  });
}

function packagesOf(look: Look, manifest: Parsed): ReadonlySet<string> {
  const lock = look.has("composer.lock") ? readManifest(look, "composer.lock", "json") : undefined;
  const locked = ["packages", "packages-dev"].flatMap((key) =>
    itemsAt(lock, key).flatMap((one) => textAt(one, "name") ?? []),
  );
  return new Set([...keysAt(manifest, "require"), ...keysAt(manifest, "require-dev"), ...locked]);
}

function programsOf(manifest: Parsed): string {
  const vendor = textAt(manifest, "config", "vendor-dir") ?? "vendor";
  return (textAt(manifest, "config", "bin-dir") ?? `${vendor}/bin`).replace(/\/+$/, "");
}

function setupOf(look: Look): ProposedCheck {
  return {
    name: "setup",
    run: "composer install --no-interaction --no-progress",
    timeoutSeconds: SETUP_SECONDS,
    because: look.place(look.has("composer.lock") ? "composer.lock" : "composer.json"),
  };
}

interface Tool {
  readonly name: "format" | "lint" | "types";
  readonly package: string;
  readonly program: string;
  /** Files that configure it, one of which has to be there where nothing calls it. */
  readonly configured: readonly string[];
  readonly flags: string;
  /** What a call of it that checks holds; without it the tool rewrites. */
  readonly checks?: RegExp;
}

const TOOLS: readonly Tool[] = [
  {
    name: "format",
    package: "friendsofphp/php-cs-fixer",
    program: "php-cs-fixer",
    configured: [".php-cs-fixer.php", ".php-cs-fixer.dist.php"],
    flags: " fix --dry-run --diff",
    checks: /^(?:--dry-run|check)$/,
  },
  {
    name: "format",
    package: "laravel/pint",
    program: "pint",
    configured: ["pint.json"],
    flags: " --test",
    checks: /^--test$/,
  },
  {
    name: "lint",
    package: "squizlabs/php_codesniffer",
    program: "phpcs",
    configured: ["phpcs.xml", "phpcs.xml.dist", ".phpcs.xml", ".phpcs.xml.dist"],
    flags: "",
  },
  {
    name: "types",
    package: "phpstan/phpstan",
    program: "phpstan",
    configured: ["phpstan.neon", "phpstan.neon.dist", "phpstan.dist.neon"],
    flags: " analyse --no-progress",
  },
  {
    name: "types",
    package: "vimeo/psalm",
    program: "psalm",
    configured: ["psalm.xml", "psalm.xml.dist"],
    flags: " --no-progress",
  },
];

/** What goes with CI's own pages. */
const FOR_CI =
  /^(?:--error-format=.*|--output-format=.*|--report=.*|--format=.*|--ansi|--shepherd)$/;

function toolCheck(project: PhpProject, tool: Tool): readonly ProposedCheck[] {
  const { look, packages, calls, programs } = project;
  if (!packages.has(tool.package)) return [];
  const sound = calls.filter(
    ({ arguments: words }) =>
      tool.checks === undefined || words.some(({ value }) => tool.checks?.test(value)),
  );
  const call = copied(sound, { tool: new RegExp(`^${tool.program}$`), drop: FOR_CI });
  const file = tool.configured.find((path) => look.has(path));
  if (call === undefined && file === undefined) return [];
  return [
    {
      name: tool.name,
      run: `${quote(`${programs}/${tool.program}`)}${call?.flags ?? tool.flags}`,
      because: call?.because ?? look.place(file ?? ""),
    },
  ];
}

function notePhp(look: Look, manifest: Parsed): void {
  const version = textAt(manifest, "require", "php");
  if (version !== undefined) {
    look.note(`${look.place("composer.json")} wants PHP ${version}; the php on PATH is used`);
  }
  if (!look.has("composer.lock")) {
    look.note("no composer.lock: setup takes the newest packages that fit");
  }
  if (itemsAt(manifest, "repositories").length > 0 || look.has("auth.json")) {
    look.note(
      `${look.place("composer.json")} names repositories of its own: setup has a network and no credential`,
    );
  }
}
