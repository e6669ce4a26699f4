import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { Syntax } from "../../../../ports/syntax.ts";
import type { FileChange } from "../finding.ts";
import { readSettings, type Setting } from "./settings.ts";

/** A forbidden change of a setting. */
interface Law {
  readonly files: RegExp;
  readonly key: RegExp;
  /** `falls`: a lower bound of a check; `rises`: an upper bound; `off`: a check that is on. */
  readonly never: "falls" | "rises" | "off";
}

const COVERAGE =
  /(thresholds?|coverageThreshold)\b.*\.(lines|branches|functions|statements|[\d]+)$|^(jest\.)?coverageThreshold\./;
const OFF = /^(false|off|0|"off"|'off'|none|ignore|allow|disable|no)$/i;

/** By tool, with the file of the setting. */
const LAWS: readonly Law[] = [
  { files: /(^|\/)(vitest|vite|jest)\.config\.[cm]?[jt]s$/, key: COVERAGE, never: "falls" },
  { files: /(^|\/)package\.json$/, key: /^(jest\.coverageThreshold|c8|nyc)\./, never: "falls" },
  {
    files: /(^|\/)\.(nycrc|c8rc)(\.json)?$/,
    key: /^(lines|branches|functions|statements)$/,
    never: "falls",
  },
  { files: /(^|\/)\.(nycrc|c8rc)(\.json)?$/, key: /^check-coverage$/, never: "off" },
  {
    files: /(^|\/)tsconfig[\w.-]*\.json$/,
    key: /^compilerOptions\.(strict|no[A-Z]|exact)\w*$/,
    never: "off",
  },
  {
    files: /(^|\/)(\.?biome|\.eslintrc|\.oxlintrc)(\.json)?c?$/,
    key: /(^|\.)rules\./,
    never: "off",
  },
  { files: /(^|\/)eslint\.config\.[cm]?[jt]s$/, key: /(^|\.)rules\./, never: "off" },
  {
    files: /(^|\/)(pyproject\.toml|setup\.cfg|tox\.ini|\.coveragerc)$/,
    key: /(^|[.:])fail_under$|fail-under$/,
    never: "falls",
  },
  {
    files: /(^|\/)(pyproject\.toml|setup\.cfg|mypy\.ini)$/,
    key: /mypy\b.*\.(strict|disallow_\w+|check_untyped_defs|warn_\w+)$/,
    never: "off",
  },
  { files: /(^|\/)\.?codecov\.ya?ml$/, key: /\.target$/, never: "falls" },
  { files: /(^|\/)\.?codecov\.ya?ml$/, key: /\.threshold$/, never: "rises" },
  { files: /(^|\/)\.golangci\.ya?ml$/, key: /^linters-settings\..*(max|min)-/, never: "rises" },
  { files: /(^|\/)(\.?clippy\.toml)$/, key: /threshold$/, never: "rises" },
  { files: /(^|\/)Cargo\.toml$/, key: /lints\./, never: "off" },
  { files: /(^|\/)(phpstan\.neon(\.dist)?)$/, key: /^parameters\.level$/, never: "falls" },
  { files: /(^|\/)psalm\.xml$/, key: /^psalm@errorLevel$/, never: "rises" },
  { files: /(^|\/)pom\.xml$/, key: /limit\.minimum$|haltOnFailure$/, never: "falls" },
  { files: /(^|\/)build\.gradle(\.kts)?$/, key: /(^|\.)minimum$/, never: "falls" },
  { files: /\.(csproj|props)$/, key: /\.Threshold$/, never: "falls" },
  { files: /\.(csproj|props)$/, key: /\.TreatWarningsAsErrors$/, never: "off" },
  {
    files: /(^|\/)(\.simplecov|spec_helper\.rb|test_helper\.rb)$/,
    key: /^minimum_coverage/,
    never: "falls",
  },
  { files: /(^|\/)\.rubocop\.yml$/, key: /\.Max$/, never: "rises" },
  { files: /(^|\/)\.rubocop\.yml$/, key: /\.Enabled$/, never: "off" },
];

export function isCheckConfig(path: string): boolean {
  return LAWS.some(({ files }) => files.test(path));
}

/** Bounds and checks that the change lowers, switches off or removes. */
export async function findLoweredChecks(
  { path, before, after }: FileChange,
  syntax: Syntax,
): Promise<readonly RatchetFinding[]> {
  if (before === undefined || before === after) return [];
  const was = await readSettings(path, before, syntax);
  const is = after === undefined ? { settings: [] } : await readSettings(path, after, syntax);
  if ("unreadAt" in was || "unreadAt" in is) {
    const line = "unreadAt" in is ? is.unreadAt : 1;
    return [{ path, line, rule: "unreadable", before: "", after: "" }];
  }
  const now = new Map(is.settings.map((one) => [one.key, one]));
  return was.settings.flatMap((setting) => {
    const law = LAWS.find(({ files, key }) => files.test(path) && key.test(setting.key));
    const found = now.get(setting.key);
    if (law === undefined || !isLowered(law.never, setting, found)) return [];
    const line = found?.line ?? Math.min(setting.line, after?.split("\n").length ?? 1);
    return [
      {
        path,
        line,
        rule: "check-lowered",
        before: say(setting),
        after: found === undefined ? "" : say(found),
      },
    ];
  });
}

function say({ key, value }: Setting): string {
  return `${key}: ${value}`.slice(0, 200);
}

function isLowered(never: Law["never"], was: Setting, is: Setting | undefined): boolean {
  if (never === "off")
    return !OFF.test(was.value) && (is === undefined || rankOf(is.value) < rankOf(was.value));
  const [old, now] = [Number.parseFloat(was.value), Number.parseFloat(is?.value ?? "")];
  if (Number.isNaN(old)) return false;
  if (Number.isNaN(now)) return true;
  return never === "falls" ? now < old : now > old;
}

/** `error` over `warn` over `off`. */
function rankOf(value: string): number {
  if (OFF.test(value)) return 0;
  return /^["'[]*(warn|1|info)/i.test(value) && !/^["'[]*10/.test(value) ? 1 : 2;
}
