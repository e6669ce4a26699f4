/**
 * Fields that GitHub's public schema has and the package that we read it from does not yet, by type. Source: github/docs,
 * `src/graphql/data/fpt/schema-issues.json`. A test fails once the package knows them.
 */
export const NEWER = {
  Issue: "issueDependenciesSummary: IssueDependenciesSummary!",
} as const satisfies Readonly<Record<string, string>>;

/** Types of which it does not know either. */
export const NEWER_TYPES = `
type IssueDependenciesSummary {
  blockedBy: Int!
  blocking: Int!
  totalBlockedBy: Int!
  totalBlocking: Int!
}
`;
