import { at, keysAt, type Parsed, textAt } from "../parsed.ts";

const PURPOSE = /test|dev|lint|typ/i;

/**
 * What a poetry project lists for its checks, as pip's requirements; undefined where anything in it has no such form (a git
 * address, a path, a choice by platform). Those that are not optional, and those whose name says what they are for.
 */
export function poetryRequirements(pyproject: Parsed): readonly string[] | undefined {
  const groups = keysAt(pyproject, "tool", "poetry", "group").filter(
    (name) =>
      at(pyproject, "tool", "poetry", "group", name, "optional") !== true || PURPOSE.test(name),
  );
  const isPackage = at(pyproject, "tool", "poetry", "package-mode") !== false;
  const tables = [
    ...(isPackage ? [] : [["tool", "poetry", "dependencies"]]),
    ["tool", "poetry", "dev-dependencies"],
    ...groups.map((name) => ["tool", "poetry", "group", name, "dependencies"]),
  ];
  const listed = tables.flatMap((keys) =>
    keysAt(pyproject, ...keys)
      .filter((name) => name !== "python")
      .map((name) => requirementOf(name, at(pyproject, ...keys, name))),
  );
  const sound = listed.filter((one) => one !== undefined);
  if (sound.length < listed.length) return undefined;
  return [...(isPackage ? ["-e ."] : []), ...new Set(sound)];
}

const NAME = /^[A-Za-z0-9][\w.-]*$/;
/** Keys of a table that do not change where a package comes from. */
const KNOWN = /^(?:version|extras|optional)$/;

function requirementOf(name: string, value: Parsed): string | undefined {
  if (!NAME.test(name)) return undefined;
  if (typeof value === "string") return versioned(name, value);
  if (keysAt(value).some((key) => !KNOWN.test(key))) return undefined;
  const extras = at(value, "extras");
  const isPlain = Array.isArray(extras) && extras.every((one) => NAME.test(String(one)));
  if (extras !== undefined && !isPlain) return undefined;
  const version = textAt(value, "version");
  const whole = isPlain ? `${name}[${extras.join(",")}]` : name;
  return version === undefined ? undefined : versioned(whole, version);
}

/** https://python-poetry.org/docs/dependency-specification/#version-constraints */
function versioned(name: string, constraint: string): string | undefined {
  const parts = constraint.split(",").map((part) => specifierOf(part.trim()));
  if (parts.some((part) => part === undefined)) return undefined;
  return `${name}${parts.filter((part) => part !== "").join(",")}`;
}

function specifierOf(part: string): string | undefined {
  if (part === "*") return "";
  if (/^\d+(?:\.\d+)*(?:\.\*)?$/.test(part)) return `==${part}`;
  const compared = /^(==|!=|>=|<=|>|<|~=)\s*(\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.\*)?)$/.exec(part);
  if (compared !== null) return `${compared[1]}${compared[2]}`;
  const near = /^([~^])\s*(\d+(?:\.\d+)*)$/.exec(part);
  if (near === null) return undefined;
  const [, sign, version = ""] = near;
  const numbers = version.split(".").map(Number);
  // The caret lets all change behind the first number that is not 0, the tilde all behind the second.
  const nonZero = numbers.findIndex((number) => number !== 0);
  const last = numbers.length - 1;
  const kept = sign === "~" ? Math.min(1, last) : nonZero === -1 ? last : nonZero;
  const next = numbers.slice(0, kept + 1).with(kept, (numbers[kept] ?? 0) + 1);
  return `>=${version},<${next.join(".")}`;
}
