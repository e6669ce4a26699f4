/**
 * What each key of `.github/factory.yml` means, in words for the person who writes one. The schema itself says type, bounds
 * and default; where it carries a description of its own, that one is shown. A key without a meaning stops `npm run document`.
 */
export const CONFIG_MEANINGS = {
  version: "Version of this format.",
  mode: "`live`, or `staged`: everything runs, nothing is written, and the job summary shows each effect as it would have stood ([how to begin](../tutorial/first-issue.md)).",
  extends:
    "The repository of your organisation, as `OWNER/NAME`, whose `factory.yml` this one narrows: [one config for many repositories](../how-to/share-a-config.md).",
  prefix:
    "What every label of the factory begins with. Give the input `prefix` of `factory.yml` the same word, and change the `if` of your calling workflow.",
  harness:
    "Files that steer agents. Those that exist on the base commit stand in every prompt; a change of one needs a person.",
  checks:
    "Commands that decide whether a change is sound. They run in this order, in the sandbox; on the change always, on the base where the comparison needs it. A check that is not named does not run.",
  "checks.*":
    "A command as text, a mapping with the keys below, or a list of such mappings, one for each package ([of several packages](../how-to/write-factory-yml.md#a-repository-of-several-packages)). `setup` runs on the base commit with a network, before any byte of an agent exists; everything else runs without one.",
  "checks.*.run": "The command; it runs in a shell at the root of the repository.",
  "checks.*.report.format": "Who writes the results.",
  "checks.*.timeoutSeconds": "Time limit of this check alone.",
  sandbox: "What the sandbox sees besides the work tree and the system.",
  "sandbox.read":
    "Absolute folders bound read-only, such as toolchains. One that holds secrets of the runner or its user is refused.",
  "sandbox.services":
    "What runs beside the checks, on a loopback of its own and with data that begins anew for each: [use services](../how-to/use-services.md). A known service by its name, or a mapping with the keys below.",
  "sandbox.services[].use": "A known service, whose commands need not be written.",
  "sandbox.services[].name": "What it is called. Any other service has a name, `run` and `ready`.",
  "sandbox.services[].port":
    "Where a known service listens on 127.0.0.1, if not at its usual port.",
  "sandbox.services[].prepare":
    "A command that runs once before it, with an empty folder in `SERVICE_DATA`.",
  "sandbox.services[].run": "The command that serves, in the foreground.",
  "sandbox.services[].ready":
    "A command that succeeds once it serves, or `{ port: N }` for a port that answers then.",
  "sandbox.services[].ready.port": "The port that answers.",
  "sandbox.services[].fill":
    "A command that runs once it serves, before the check: roles, schemas, rows.",
  "sandbox.services[].withinSeconds":
    "Within how many seconds it is prepared, serves and is filled; 60 where it is left out.",
  "sandbox.services[].environment":
    "Variables of the commands beside it, by which they find it: `DATABASE_URL`, for example.",
  "sandbox.services[].checks":
    "The checks that it stands beside; all but `setup` where it is left out. An agent's own shell has all services.",
  "sandbox.registries":
    "Private registries that `setup` asks, and no other command: [use private registries](../how-to/use-private-registries.md).",
  "sandbox.registries[].use":
    "Who asks it. pnpm and yarn 1 read what `npm` does, uv what `pip` does.",
  "sandbox.registries[].url": "Where it is.",
  "sandbox.registries[].token":
    "The name of its token, as a line of the secret `FACTORY_REGISTRY_TOKENS` begins.",
  "sandbox.registries[].user": "The user of the token, where it asks for one; `token` if left out.",
  "sandbox.registries[].name":
    "Of Maven the id of the server, of Cargo the name of the registry, as the repository's own files call it.",
  "sandbox.registries[].scopes":
    "Of npm: the scopes whose packages come from there; left out, all packages do.",
  andonFrom:
    "Whose andon label stops the whole line: people with `write`, or those with `triage` too. A label of anybody else stops nothing and is said to.",
  approve:
    "When a person approves the contract before work starts: `always`, `when-risky` (its paths are not documentation and tests alone), `never`.",
  ask: "Who is called by a comment where a person is next, and asked for the review of a pull request that a person merges: `issue author`, `contract approver`, `code owners` (of the changed paths, by `CODEOWNERS` at the base), logins, or teams as `OWNER/TEAM`, without `@`. Left out, or where its roles are nobody's: who approved last, who submitted the issue and who wrote it, as far as they may answer.",
  quietHours:
    "When nobody is called. Work goes on; what falls into these hours is asked or reminded of by the first heartbeat after them. What stops the whole line, a contract and questions come at once.",
  "quietHours.from": "When they begin, by the clock of `timeZone`: `18:00`.",
  "quietHours.to": "When they end; on the next day where that is the earlier time.",
  "quietHours.timeZone":
    "Whose clock it is, by the name in the time zone database: `Europe/Berlin`.",
  "quietHours.weekends": "Saturdays and Sundays are quiet, too, from midnight to midnight.",
  trust:
    "How far the factory may go by itself, by path. The levels are explained in [trust](../explanation/trust.md).",
  "trust.default": "The level of every path that no scope names.",
  "trust.scopes":
    "Exceptions; of several that name a path the last one counts. A change has the lowest level of its paths.",
  "trust.scopes[].paths": "Globs, compared without regard to case.",
  "trust.scopes[].level": "The level of these paths.",
  "trust.ceilings":
    "No path is trusted more than any of these says, whatever the scopes above say. The config of an organisation is added here.",
  "trust.ceilings[].default": "The most for every path that none of its scopes names.",
  "trust.ceilings[].scopes":
    "The most for some paths; of several that name a path the last one counts.",
  "trust.ceilings[].scopes[].paths": "Globs, compared without regard to case.",
  "trust.ceilings[].scopes[].level": "The most for these paths.",
  protect:
    "Globs of further paths that always need a person. Nothing takes a path away from the built-in list.",
  dependencies:
    "Where an approved lockfile may fetch from ([decision 0006](../../.github/decisions/0006-dependencies-are-approved-by-their-bytes.md)).",
  "dependencies.registries": "Registries that packages may come from; nobody else is asked.",
  "dependencies.downloads":
    "Where the downloads of the last week are asked for, to show them to the person who approves; `null` asks nobody.",
  limits: "Bounds that code enforces around every worker.",
  "limits.wip":
    "Issues that are being built at a time, by their ledgers. Another one waits with its label `factory:waiting`, and nothing is spent on it: [who comes first](../explanation/architecture.md#whose-turn-it-is).",
  "limits.waitingForPeople":
    "Decisions that may wait for one person. What would end at people who have as many does not start: [whose turn it is](../explanation/architecture.md#whose-turn-it-is).",
  "limits.attempts": "Attempts of one issue before a person is asked.",
  "limits.changedLines": "Added plus removed lines of a change.",
  "limits.usdPerIssue": "Money for the model, over all attempts of one issue, at list price.",
  "limits.usdPerDay":
    "Money for the model per day in UTC, over all issues, at list price. An order starts while the day still holds all that it may spend; what is under way counts with its maximum.",
  "limits.tokensPerRun": "Input, cache and output tokens of one worker.",
  "limits.turnsPerRun": "Replies of the model in one worker.",
  "limits.minutesPerRun": "Minutes of one worker.",
  verify: "How far verify goes beyond running the checks.",
  "verify.noticeMinutes":
    "Minutes in which the change's parts are taken back one by one, the biggest first, to see which of them a named test notices; `0` tries none. What was not tried in time is said.",
  gate: "What the gate asks of a change beyond what it asks of every one.",
  "gate.noticed":
    "The least share of changed source lines, from 0 to 1, that named tests or the compiler notice when they are taken back. Left out, the share is shown and refuses nothing; a part that nobody notices makes the risk at least medium.",
  models: "Which model works in which role.",
  "models.default": "Model of every role that has none of its own.",
  "models.reviewer": "Model of the reviewer: another one than the coder's sees other faults.",
  "models.tester":
    "Model of the tester, which writes the acceptance tests before the coder starts; left out, it is the coder's.",
  "models.explorer": "Kept for later: accepted and **not used yet**.",
  smoke: "How to see a merged change live.",
  "smoke.deploy":
    "What deploys a merge, or where it is seen live: at least one of `workflow`, `status` and `sha`. Left out, nothing is dispatched, probes start at once, and nothing is called live.",
  "smoke.deploy.workflow":
    "File name in `.github/workflows`, dispatched after the factory's own merge; it needs `workflow_dispatch` without required inputs.",
  "smoke.deploy.status":
    "Environment whose deployments GitHub lists, `github-pages` for Pages: the smoke test begins once that of the merge says `success`.",
  "smoke.deploy.sha":
    "Address whose answer contains the commit that is live; the smoke test waits for it.",
  "smoke.deploy.timeoutSeconds":
    "How long to wait for that commit. Waiting for an environment's reviewers has no limit.",
  "smoke.probes":
    "What is asked once the commit is live: an address (`get`), a command (`run`) or a script for a browser (`playwright`), one of them each. All must be answered as expected.",
  "smoke.probes[].get": "Address to get.",
  "smoke.probes[].expect": "What the answer must be.",
  "smoke.probes[].expect.status": "Status code.",
  "smoke.probes[].expect.bodyMatches": "Regular expression that the body must match.",
  "smoke.probes[].expect.json": "What the body holds, read as JSON of at most 64 KiB.",
  "smoke.probes[].expect.json[].path":
    "Which value: a singular query of RFC 9535, `$.db[0].state` or `$['a b']`.",
  "smoke.probes[].expect.json[].equals":
    'What stands there: text, a number, true, false or null. `1` is not `"1"`.',
  "smoke.probes[].expect.withinMs":
    "Longest time to the whole answer, in ms. Judged over the tries: two of three have to be in time.",
  "smoke.probes[].run":
    "Command line that passes with exit code 0. It runs in the sandbox, in the tree of the commit before the change ([how](../how-to/smoke-test-a-deploy.md#commands-and-browsers)).",
  "smoke.probes[].playwright":
    "Path of a script below the root that Node runs there, with `playwright-core` and the browser in `MILLWRIGHT_BROWSER`.",
  "smoke.probes[].timeoutSeconds": "Time limit of a program; 60 when left out.",
  "smoke.probes[].hosts":
    "Addresses whose hosts a program reaches, besides those of `get` and of `smoke.deploy.sha`. It reaches no other.",
  "smoke.spreadSeconds":
    "Over how many seconds the three tries of a probe that does not pass at once are spread.",
  incidents: "What becomes of [alerts](../how-to/turn-alerts-into-issues.md).",
  "incidents.resolveAfterHours":
    "Hours after which the issue of an alert is closed, counted from when it was last seen and from when the smoke test saw its fix live.",
  "incidents.sentry":
    "A project of Sentry that the heartbeat asks for errors, with the secret `SENTRY_AUTH_TOKEN`; left out, nobody is asked.",
  "incidents.sentry.url":
    "Where Sentry's API answers: the one host that gets the token. Organizations in the EU write `https://de.sentry.io`.",
  "incidents.sentry.organization": "The organization's slug, as in the address of its pages.",
  "incidents.sentry.project": "The project's number: the last part of its DSN.",
  quality: "What the nightly audit grades.",
  "quality.areas": "Parts of the repository; left out, the source folders are taken.",
  "quality.areas[].name": "Name, as it stands in `quality.md`.",
  "quality.areas[].paths": "Globs of its files.",
  "quality.areas[].owner": "Who looks after it; shown, nobody is told.",
  "quality.areas[].bar": "The lowest grade that files no issue.",
  board:
    "`true`: the heartbeat starts a job that writes one issue about once an hour, which says how the line stands and who is waited for ([how](../how-to/watch-the-board.md)).",
  learning: "What is learned from mistakes ([how](../how-to/learn-from-mistakes.md)).",
  "learning.guideBytes":
    "Bytes that `AGENTS.md` may have: over them a lesson's line is proposed in the place of another.",
  loops: "Where the [loops](loops.md) are read from.",
};
