/** Pages that several facts name. */
const DOCS = "https://docs.github.com/en";
const CHANGELOG = "https://github.blog/changelog";

export const LINKS = {
  token: `${DOCS}/actions/concepts/security/github_token`,
  dispatchEvent: `${DOCS}/actions/reference/workflows-and-actions/events-that-trigger-workflows`,
  reusing: `${DOCS}/actions/reference/workflows-and-actions/reusing-workflow-configurations`,
  limits: `${DOCS}/actions/reference/limits`,
  concurrency: `${DOCS}/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency`,
  rerun: `${DOCS}/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs`,
  policies: `${DOCS}/actions/concepts/about-actions-policies`,
  restLimits: `${DOCS}/rest/using-the-rest-api/rate-limits-for-the-rest-api`,
  pulls: `${DOCS}/rest/pulls/pulls`,
  refs: `${DOCS}/rest/git/refs`,
  trees: `${DOCS}/rest/git/trees`,
  signatures: `${DOCS}/authentication/managing-commit-signature-verification/about-commit-signature-verification`,
  webhooks: `${DOCS}/webhooks/using-webhooks/best-practices-for-using-webhooks`,
  rules: `${DOCS}/rest/repos/rules`,
  releases: `${DOCS}/rest/releases/releases`,
  self: `${CHANGELOG}/2026-07-30-reference-same-repository-actions-with-self-repository-syntax`,
  queues: `${CHANGELOG}/2026-05-07-concurrency-groups-now-allow-larger-queues`,
  cacheMode: `${CHANGELOG}/2026-09-10-control-github-actions-cache-access-with-cache-mode`,
  botRuns: `${CHANGELOG}/2026-06-11-bot-created-pull-requests-can-run-workflows-if-approved`,
  images: "https://github.com/actions/runner-images",
  runner: "https://github.com/actions/runner",
  skips: "https://github.com/actions/runner/issues/2205",
  upload: "https://github.com/actions/upload-artifact",
  download: "https://github.com/actions/download-artifact",
  retry: "https://github.com/octokit/plugin-retry.js",
} as const;
