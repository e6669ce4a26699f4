/** The names of the scripts of a `package.json`; undefined where it is none. */
export function scriptsIn(text: string): readonly string[] | undefined {
  const manifest = jsonIn(text);
  if (manifest === undefined) return undefined;
  const scripts = Reflect.get(manifest, "scripts");
  return isObject(scripts) ? Object.keys(scripts) : [];
}

/** A JSON object; undefined for anything else. */
export function jsonIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Whoever reads a damaged file knows nothing of what it should say.
    return undefined;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What makes targets that no line names: other files, patterns, functions. */
const MORE_TARGETS = /^[-s]?include\b|^[^\t#=]*[%$(][^=\n]*:(?!=)|^\.DEFAULT\s*:|\$\(eval\b/m;

/** The targets of a makefile; undefined where others may be made that no line names. */
export function targetsIn(text: string): readonly string[] | undefined {
  if (MORE_TARGETS.test(text)) return undefined;
  return [...text.matchAll(/^([^\s:#=][^:#=\n]*?)\s*::?(?!=)/gm)].flatMap(([, names = ""]) =>
    names.trim().split(/\s+/),
  );
}
