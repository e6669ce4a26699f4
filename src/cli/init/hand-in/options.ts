import { Option } from "@commander-js/extra-typings";
import { DEFAULT_BRANCH, type Place } from "./place.ts";

/** Where a caller wants the files. */
export interface PlaceAsked {
  /** Absent: the person is asked, or, with `yes`, the files go into the work tree. */
  readonly place: Place | undefined;
  readonly branch: string;
}

export function branchOption() {
  return new Option(
    "--branch [name]",
    `commits the files on a new branch off HEAD, ${DEFAULT_BRANCH} by default, instead of writing them here; your own branch, index and files stay as they are; runs no hooks`,
  );
}

export function pullRequestOption() {
  return new Option(
    "--pull-request",
    "also pushes that branch and opens its pull request, with gh and its signed-in account; without one, prints the two commands for it",
  );
}

export function placeAsked(options: {
  readonly branch?: string | true | undefined;
  readonly pullRequest?: true | undefined;
}): PlaceAsked {
  const branch = typeof options.branch === "string" ? options.branch : DEFAULT_BRANCH;
  if (options.pullRequest === true) return { place: "pull-request", branch };
  return { place: options.branch === undefined ? undefined : "branch", branch };
}
