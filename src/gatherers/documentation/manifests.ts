/** Script names of a `package.json`; undefined if it is invalid. */
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
    // A damaged file says nothing about its intended content.
    return undefined;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sources of targets that no line names: other files, patterns, functions. */
const MORE_TARGETS = /^[-s]?include\b|^[^\t#=]*[%$(][^=\n]*:(?!=)|^\.DEFAULT\s*:|\$\(eval\b/m;

/** Targets of a makefile; undefined if it may make others that no line names. */
export function targetsIn(text: string): readonly string[] | undefined {
  if (MORE_TARGETS.test(text)) return undefined;
  return [...text.matchAll(/^([^\s:#=][^:#=\n]*?)\s*::?(?!=)/gm)].flatMap(([, names = ""]) =>
    names.trim().split(/\s+/),
  );
}
