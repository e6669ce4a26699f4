import { UsageError } from "../command/usage-error.ts";

/** Which Millwright a workflow calls. */
export interface Pin {
  /** `OWNER/NAME`. */
  readonly repository: string;
  /** A commit, or a tag or branch, which can be moved. */
  readonly ref: string;
  /** The version that the commit is, shown beside it. */
  readonly version?: string;
}

const PIN = /^(?<repository>[A-Za-z0-9-]{1,39}\/[\w.-]{1,100})@(?<ref>[\w./-]{1,200})$/;

/** Reads `OWNER/NAME@REF`. Throws UsageError for anything else. */
export function readPin(text: string): Pin {
  const { repository, ref } = PIN.exec(text)?.groups ?? {};
  if (repository === undefined || ref === undefined) {
    throw new UsageError(
      `--uses: expected OWNER/NAME@REF, like OWNER/millwright@v0, found "${text}"`,
    );
  }
  return { repository, ref };
}

/** A tag can be moved, a commit cannot (GitHub: security hardening for actions). */
export function isCommit({ ref }: Pin): boolean {
  return /^[0-9a-f]{40}$/.test(ref);
}

/** The template's line, calling this Millwright. */
export function pinWorkflow(text: string, { repository, ref, version }: Pin): string {
  const beside = version === undefined ? "" : ` # ${version}`;
  return text.replaceAll(
    /(uses: )OWNER\/millwright(\/[\w./-]+)@v0/g,
    (_, uses: string, path: string) => `${uses}${repository}${path}@${ref}${beside}`,
  );
}

/** `OWNER/NAME` of a remote on GitHub; undefined for anything else. */
export function repositoryOfRemote(url: string): string | undefined {
  const found = /github\.com[/:]([A-Za-z0-9-]{1,39}\/[\w.-]{1,100}?)(?:\.git)?\/?(?:#.*)?$/.exec(
    url,
  );
  return found?.[1];
}
