import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** The fault of an answer, and its place. Of alternatives, the one that matched furthest counts. */
export function unreadable({ issues }: z.ZodError): string {
  const [first] = issues;
  if (first === undefined) return "it cannot be read";
  const { path, message } = furthest(first);
  return `${path.join(".")}: ${message}`;
}

function furthest(issue: Issue): Pick<Issue, "path" | "message"> {
  if (issue.code !== "invalid_union") return issue;
  const tried = issue.errors.flatMap(([one]) => (one === undefined ? [] : [furthest(one)]));
  const [deepest] = tried.sort((one, other) => other.path.length - one.path.length);
  if (deepest === undefined || deepest.path.length === 0) return issue;
  return { path: [...issue.path, ...deepest.path], message: deepest.message };
}
