import { run } from "./hosting.ts";

/** Releases the head of a bare repository to a host, like a deploy, for the time before the first merge. */
export async function releaseHead(host: string, gitDirectory: string): Promise<string> {
  const git = ["--git-dir", gitDirectory];
  const { stdout } = await run("git", [...git, "rev-parse", "HEAD"]);
  const commit = stdout.trim();
  const archive = await run("git", [...git, "archive", "--format=tar", commit], {
    encoding: "buffer",
    maxBuffer: 2 ** 26,
  });
  const body = new Uint8Array(archive.stdout);
  const answer = await fetch(`${host}/.releases/${commit}`, { method: "PUT", body });
  if (!answer.ok) throw new Error(`the host answered ${answer.status}: ${await answer.text()}`);
  return commit;
}
