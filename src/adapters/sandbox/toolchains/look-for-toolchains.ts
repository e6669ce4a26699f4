import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { messageOf } from "../../../domain/text/message-of.ts";
import { ask, type Found, QUESTIONS } from "./ask-toolchains.ts";
import { foldersInEtc } from "./etc-folders.ts";
import { findProgram } from "./find-program.ts";
import { secretPlaces } from "./secret-places.ts";
import { isBelow, refuseFolder } from "./toolchains.ts";

/** Proposals for `sandbox.read`, found on a machine. */
export interface FoundToolchains {
  /** Absolute folders, none below /usr except by a link into /etc; each would be accepted in the config. */
  readonly folders: readonly string[];
  /** One sentence each: what was taken from where, what is unknown, what was not taken and why. */
  readonly notes: readonly string[];
}

interface Placed {
  readonly program: string;
  /** How many folders above the file its home is, after following every link. */
  readonly up: number;
  /** Whether it looks like that home, and contains nothing else. */
  readonly isHome: (folder: string) => boolean;
}

const PLACED: readonly Placed[] = [
  { program: "mvn", up: 2, isHome: (folder) => existsSync(join(folder, "boot")) },
  { program: "gradle", up: 2, isHome: (folder) => existsSync(join(folder, "lib/plugins")) },
  { program: "dotnet", up: 1, isHome: (folder) => existsSync(join(folder, "sdk")) },
  { program: "bun", up: 1, isHome: (folder) => folder.endsWith("/.bun/bin") },
  { program: "deno", up: 1, isHome: (folder) => folder.endsWith("/.deno/bin") },
];

/**
 * Good defaults for `sandbox.read`: homes of the toolchains on a PATH. The programs run outside every repository, with a
 * small environment and limits on time and output, without a shell. A folder with more than a toolchain, like a user's
 * home, is reported and never returned.
 */
export async function lookForToolchains(options: {
  /** The host's PATH. */
  readonly path: string;
  /** Only these programs are looked for; all known ones by default. */
  readonly programs?: readonly string[];
  /** Of these alone something is said; of all by default. */
  readonly told?: readonly string[];
}): Promise<FoundToolchains> {
  const isWanted = ({ program }: { readonly program: string }) =>
    options.programs?.includes(program) ?? true;
  const asked = QUESTIONS.filter(isWanted).map((question) => ask(question, options.path));
  const placed = PLACED.filter(isWanted).map((one) => place(one, options.path));
  const folders = new Set<string>();
  const notes: string[] = [];
  for (const found of [...(await Promise.all(asked)), ...placed]) {
    if (found === undefined) continue;
    const { program } = found;
    const note = (text: string) => {
      if (options.told?.includes(program) ?? true) notes.push(text);
    };
    if ("fault" in found) {
      note(`${program} ${found.fault}; if it is needed, add its folder to sandbox.read`);
      continue;
    }
    const judged = judge(found.home);
    for (const folder of judged.folders) folders.add(folder);
    if (judged.note !== undefined) note(`${program} lives in ${found.home}${judged.note}`);
  }
  return { folders: [...folders], notes };
}

function place({ program, up, isHome }: Placed, path: string): Found {
  const file = findProgram(program, path);
  if (file === undefined) return undefined;
  let home = realpathSync(file);
  for (let step = 0; step < up; step += 1) home = dirname(home);
  // Below /usr it is in the sandbox anyway, whatever is beside it.
  if (isHome(home) || isBelow(home, ["/usr"])) return { program, home };
  return { program, fault: `lies in ${dirname(file)}, which does not look like its home alone` };
}

/** The folders to read for a home, under its given and its real name, with notes about them. */
function judge(home: string): { readonly folders: readonly string[]; readonly note?: string } {
  const etc = foldersInEtc(home);
  const also = etc.length === 0 ? {} : { note: `, with ${etc.join(" and ")}` };
  const names = [...new Set([home, realpathSync(home)].map(wholeStore))];
  const outside = names.filter((folder) => !isBelow(folder, ["/usr"]));
  if (outside.length === 0) return { folders: etc, ...also };
  try {
    for (const folder of outside) refuseFolder(folder, secretPlaces());
  } catch (error) {
    const reason = messageOf(error);
    return { folders: [], note: `, which is not shown in the sandbox: ${reason}` };
  }
  return { folders: [...outside, ...etc], note: also.note ?? "" };
}

/** A package of Nix needs others of its store, which contains no secret by design: every user of a machine may read it. */
function wholeStore(folder: string): string {
  return isBelow(folder, ["/nix/store"]) ? "/nix/store" : folder;
}
