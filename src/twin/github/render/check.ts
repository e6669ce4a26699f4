import {
  ACTIONS_BOT,
  type CheckRunState,
  type RepositoryState,
  type Twin,
} from "../state/state.ts";
import type { Account } from "../twin-github.ts";
import { nodeId, renderAccount } from "./account.ts";
import { apiAddress, webAddress } from "./addresses.ts";

/** Id of the App behind job tokens on github.com, for callers that filter check runs by App. */
const ACTIONS_APP_ID = 15_368;

/** The App that a bot's account belongs to. */
function renderApp(twin: Twin, bot: Account): Record<string, unknown> {
  const isActions = bot.id === ACTIONS_BOT.id;
  const slug = bot.login.replace(/\[bot\]$/, "");
  return {
    id: isActions ? ACTIONS_APP_ID : bot.id,
    slug,
    node_id: nodeId("A", bot.id),
    owner: renderAccount(twin, bot),
    name: isActions ? "GitHub Actions" : slug,
    description: null,
    external_url: `${twin.origin}/apps/${slug}`,
    html_url: `${twin.origin}/apps/${slug}`,
    created_at: "2018-07-30T09:30:17Z",
    updated_at: "2018-07-30T09:30:17Z",
    permissions: {},
    events: [],
  };
}

export function renderCheckRun(twin: Twin, repository: RepositoryState, run: CheckRunState) {
  const url = `${apiAddress(twin, repository)}/check-runs/${run.id}`;
  const page = `${webAddress(twin, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("CR", run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId ?? "",
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.output.title,
      summary: run.output.summary,
      text: run.output.text,
      annotations_count: run.output.annotations,
      annotations_url: `${url}/annotations`,
    },
    // The twin has no check suites; GitHub's answer may say so.
    check_suite: null,
    app: renderApp(twin, run.author),
    pull_requests: [],
  };
}
