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

/** A called workflow or action below a repository: its path tells which it is, whatever it is pinned to. */
const CALL =
  /(?<=uses: )(?<repository>[\w-]{1,39}\/[\w.-]{1,100})(?<path>\/[\w./-]{1,200})@[\w./-]{1,200}(?: # \S{1,100})?/g;

/** The same text, and what it calls pinned as another version does; undefined where it calls that in another repository. */
export function withPinsOf(now: string, text: string): string | undefined {
  const calls = new Map(callsIn(now).map((one) => [one.path, one]));
  const isElsewhere = callsIn(text).some(
    ({ path, repository }) => (calls.get(path)?.repository ?? repository) !== repository,
  );
  return isElsewhere ? undefined : pinnedAs(now, text);
}

/** As `withPinsOf`, from whichever repository. */
export function pinnedAs(now: string, text: string): string {
  const calls = new Map(callsIn(now).map((one) => [one.path, one.whole]));
  return text.replace(CALL, (whole, _repository: string, path: string) => calls.get(path) ?? whole);
}

function callsIn(text: string) {
  return [...text.matchAll(CALL)].map((found) => ({
    whole: found[0],
    repository: found.groups?.repository ?? "",
    path: found.groups?.path ?? "",
  }));
}

/** `OWNER/NAME` of a remote on GitHub; undefined for anything else. */
export function repositoryOfRemote(url: string): string | undefined {
  const found = /github\.com[/:]([A-Za-z0-9-]{1,39}\/[\w.-]{1,100}?)(?:\.git)?\/?(?:#.*)?$/.exec(
    url,
  );
  return found?.[1];
}
