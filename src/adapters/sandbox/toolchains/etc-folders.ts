import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** Debian's JDKs and Maven keep their configuration in /etc and do not start without it. Other folders there contain secrets. */
const OF_A_TOOLCHAIN = /^\/etc\/(java-[0-9]+-openjdk|maven)(?=\/|$)/;

/** Where such a home has links into /etc: Maven's `conf` is one, a JDK has them below, up to version 8 below `lib`. */
const LINKING = [
  "",
  "conf",
  "conf/management",
  "conf/security",
  "lib",
  "lib/management",
  "lib/security",
];

/** The folders of /etc that links of a toolchain's home lead to, sorted. */
export function foldersInEtc(home: string): readonly string[] {
  const found = LINKING.flatMap((place) => pathsIn(join(home, place))).flatMap((path) => {
    const etc = OF_A_TOOLCHAIN.exec(realPath(path))?.[0];
    return etc === undefined ? [] : [etc];
  });
  return [...new Set(found)].toSorted();
}

/** Content of an existing folder; a folder that is a link counts as an entry of its parent. */
function pathsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return "";
  }
}
