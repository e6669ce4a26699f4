import { existsSync, readFileSync } from "node:fs";

const RELEASE = "/etc/os-release";

/** The machine of this job: its kind, and its image as the runner or else the system names it. */
export function nameMachine(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  release: string = RELEASE,
): readonly string[] {
  // https://github.com/actions/runner-images: each hosted image sets both.
  const { ImageOS: image, ImageVersion: version } = environment;
  const system = existsSync(release) ? readFileSync(release, "utf8") : "";
  return [process.platform, process.arch, ...(image && version ? [image, version] : [system])];
}
