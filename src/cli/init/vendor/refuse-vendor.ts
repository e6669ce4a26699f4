import { UsageError } from "../../command/usage-error.ts";
import { WORKFLOW } from "../files.ts";
import { isCommit, type Pin, readPin } from "../pin.ts";
import type { InitRecord } from "../record.ts";
import { originalOf } from "./vendor.ts";

/** Whether copies are asked for, or an earlier run made them: then this one goes on with copies. */
export function isVendored(
  asked: { readonly vendor: boolean },
  record: InitRecord | undefined,
): boolean {
  return asked.vendor || hasCopies(record);
}

function hasCopies(record: InitRecord | undefined): boolean {
  return Object.keys(record?.files ?? {}).some((path) => originalOf(path) !== undefined);
}

/** What the copies of an earlier run use; undefined where there are none. */
export function pinOfCopies(record: InitRecord | undefined): Pin | undefined {
  return record === undefined || !hasCopies(record) ? undefined : readPin(record.by);
}

/**
 * Copies stay with the repository that they use: which other one has the actions, nobody said.
 * @throws UsageError where another one would take its place without a word
 */
export function refuseOtherSource(pin: Pin, record: InitRecord): void {
  const before = pinOfCopies(record);
  if (before === undefined || before.repository === pin.repository) return;
  throw new UsageError(
    `the copies use ${before.repository}, and this Millwright is of ${pin.repository}: add --uses ${before.repository}@COMMIT`,
  );
}

/**
 * @throws UsageError for copies that could not name what they use, and beside a workflow that calls another Millwright
 */
export function refuseVendor(about: {
  readonly pin: Pin;
  readonly record: InitRecord | undefined;
  /** Whether the workflow that starts the factory is there. */
  readonly stands: boolean;
}): void {
  const { pin, record, stands } = about;
  if (!isCommit(pin)) {
    throw new UsageError(
      `copied workflows use the actions at a commit, and ${pin.repository}@${pin.ref} names none: add --uses OWNER/NAME@COMMIT, a repository with the actions that this one can reach`,
    );
  }
  if (stands && !hasCopies(record)) {
    throw new UsageError(
      `--vendor: ${WORKFLOW} is there and calls no copy; take it away first, by millwright uninstall where init wrote it`,
    );
  }
}
