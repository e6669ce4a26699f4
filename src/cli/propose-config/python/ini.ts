/** Sections of a text in the format of Python's configparser: keys, and values with their continuation lines. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads what it understands and leaves the rest: nothing here is an error. */
export function readIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key: string | undefined;
  for (const line of text.split(/\r?\n/).filter((each) => !/^\s*[#;]/.test(each))) {
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, string>();
      sections.set(header, section);
      key = undefined;
    } else key = readLine(section, line, key);
  }
  return sections;
}

/** Returns the key that the next line may continue. */
function readLine(
  section: Map<string, string>,
  line: string,
  key: string | undefined,
): string | undefined {
  const entry = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
  if (entry !== null) {
    section.set(entry[1] ?? "", entry[2] ?? "");
    return entry[1];
  }
  if (key !== undefined && /^\s+\S/.test(line)) {
    section.set(key, `${section.get(key) ?? ""}\n${line.trim()}`);
  }
  return key;
}

/** The lines of a value, without empty ones. */
export function linesAt(ini: Ini, section: string, key: string): readonly string[] {
  return (ini.get(section)?.get(key) ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
