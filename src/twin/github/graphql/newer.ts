/**
 * Fields that GitHub's public schema has and our package of it lacks, by type. Source: github/docs,
 * `src/graphql/data/fpt/schema-issues.json`. A test fails once the package knows them.
 */
export const NEWER = {
  Issue: "issueDependenciesSummary: IssueDependenciesSummary!",
} as const satisfies Readonly<Record<string, string>>;

/** Types that it lacks, too. */
export const NEWER_TYPES = `
type IssueDependenciesSummary {
  blockedBy: Int!
  blocking: Int!
  totalBlockedBy: Int!
  totalBlocking: Int!
}
`;
