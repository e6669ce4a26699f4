import { execFile } from "node:child_process";
import { access, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { messageOf } from "../../domain/text/message-of.ts";

const run = promisify(execFile);

/** What is played: the module proxy's checksum database vouches for the bytes of a version. */
export const ACT = { module: "github.com/nektos/act", version: "v0.2.89" } as const;

/** Compiling it takes more than a minute of processor. */
const INSTALL_MS = 15 * 60_000;

/** act's own program, or why it cannot be had on this machine. */
export type Tool = { readonly path: string } | { readonly skipped: string };

/** Where Go's own archive is unpacked to comes first: the one of a distribution may be too old for this module. */
const GO_FOLDERS = ["/usr/local/go/bin"];

type Environment = Readonly<Record<string, string | undefined>>;

/** Installs act with Go into a folder of the user's cache, once for each version. */
export async function findAct(
  environment: Environment,
  say: (line: string) => void,
  goFolders: readonly string[] = GO_FOLDERS,
): Promise<Tool> {
  if (process.platform !== "linux")
    return { skipped: `jobs run on Linux, and this is ${process.platform}` };
  const folder = join(cacheOf(environment), "millwright", `act-${ACT.version}`);
  const path = join(folder, "act");
  if (await isThere(path)) return { path };
  const go = await findGo([...goFolders, ...(environment.PATH ?? "").split(delimiter)]);
  if (go === undefined) {
    return { skipped: "there is no Go to install act with (https://go.dev/doc/install)" };
  }
  say(`Installing ${ACT.module}@${ACT.version} with ${go} into ${folder}, once.`);
  try {
    await mkdir(folder, { recursive: true });
    const env = { ...process.env, GOBIN: folder, CGO_ENABLED: "0" };
    await run(go, ["install", `${ACT.module}@${ACT.version}`], { env, timeout: INSTALL_MS });
  } catch (error: unknown) {
    return { skipped: `${ACT.module}@${ACT.version} could not be installed: ${reasonOf(error)}` };
  }
  return { path };
}

/** What Go said last, or the machine. */
function reasonOf(error: unknown): string {
  const { stderr = "" } = error as { readonly stderr?: string };
  return stderr.trim().split("\n").at(-1) || messageOf(error);
}

function cacheOf({ XDG_CACHE_HOME }: Environment): string {
  return XDG_CACHE_HOME || join(homedir(), ".cache");
}

async function findGo(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders.filter((one) => one !== "")) {
    if (await isThere(join(folder, "go"))) return join(folder, "go");
  }
  return undefined;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
