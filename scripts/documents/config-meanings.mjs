/**
 * Meaning of each key of `.github/factory.yml`, for the person who writes one. The schema has type, bounds and default;
 * its own description, if any, is preferred. A key without a meaning stops `npm run document`.
 */
export const CONFIG_MEANINGS = {
  version: "Version of this format.",
  mode: "`live`, or `staged`: everything runs, nothing is written, and the job summary shows what would be written ([how to begin](../tutorial/first-issue.md)).",
  extends:
    "A repository of your organization, as `OWNER/NAME`. This file narrows its `factory.yml`: [one config for many repositories](../how-to/share-a-config.md).",
  prefix:
    "What every label of the factory begins with. Give the input `prefix` of `factory.yml` the same word, and change the `if` of your calling workflow.",
  harness:
    "Files that steer agents. Every prompt contains those that exist on the base commit. A person has to merge a change to one.",
  checks:
    "Commands that decide whether a change is sound. They run in this order, in the sandbox: always on the change, and on the base if the comparison needs it. A check that is not named does not run.",
  "checks.*":
    "A command as text, a mapping with the keys below, or a list of such mappings, one for each package ([of several packages](../how-to/write-factory-yml.md#a-repository-of-several-packages)). `setup` runs on the base commit with a network, before an agent writes anything; everything else runs without one.",
  "checks.*.run": "The command; it runs in a shell at the root of the repository.",
  "checks.*.report.format": "The format of the results.",
  "checks.*.timeoutSeconds": "Time limit of this check alone.",
  sandbox: "What the sandbox sees besides the work tree and the system.",
  "sandbox.read":
    "Absolute folders to show read-only, such as toolchains. A folder that holds secrets of the runner or its user is refused.",
  "sandbox.services":
    "What runs beside the checks, on its own loopback, with fresh data for each check: [use services](../how-to/use-services.md). A known service by its name, or a mapping with the keys below.",
  "sandbox.services[].use": "A known service. You do not have to write its commands.",
  "sandbox.services[].name":
    "Its name. A service that is not known needs a name, `run` and `ready`.",
  "sandbox.services[].port":
    "The port of a known service on 127.0.0.1, if it is not the usual one.",
  "sandbox.services[].prepare":
    "A command that runs once before it, with an empty folder in `SERVICE_DATA`.",
  "sandbox.services[].run": "The command that runs the service, in the foreground.",
  "sandbox.services[].ready":
    "A command that succeeds once the service answers, or `{ port: N }` for a port that answers then.",
  "sandbox.services[].ready.port": "The port that answers.",
  "sandbox.services[].fill":
    "A command that runs once the service answers, before the check: roles, schemas, rows.",
  "sandbox.services[].withinSeconds":
    "Seconds in which it has to be prepared, ready and filled; 60 by default.",
  "sandbox.services[].environment": "Variables by which checks find it, such as `DATABASE_URL`.",
  "sandbox.services[].checks":
    "The checks that get it; all except `setup` by default. An agent's own shell has all services.",
  "sandbox.registries":
    "Private registries for `setup`, and for no other command: [use private registries](../how-to/use-private-registries.md).",
  "sandbox.registries[].use":
    "The tool that asks it. pnpm and yarn 1 read the settings of `npm`, and uv those of `pip`.",
  "sandbox.registries[].url": "Its address.",
  "sandbox.registries[].token":
    "The name of its token, which begins a line of the secret `FACTORY_REGISTRY_TOKENS`.",
  "sandbox.registries[].user":
    "The user of the token, if the registry asks for one; `token` by default.",
  "sandbox.registries[].name":
    "For Maven, the id of the server; for Cargo, the name of the registry, as in the repository's own files.",
  "sandbox.registries[].scopes":
    "For npm, the scopes whose packages come from there; all packages by default.",
  andonFrom:
    "Whose label `factory:andon` [stops the whole line](../how-to/stop-the-line.md): people with `write`, or also those with `triage`. A label of anybody else stops nothing, and the job summary says so.",
  approve:
    "When a person approves the contract before work starts: `always`, `when-risky` (its paths are not documentation and tests alone), `never`.",
  ask: "Whom a comment calls if a person is next, and who is asked to review a pull request that a person merges: `issue author`, `contract approver`, `code owners` (of the changed paths, by `CODEOWNERS` at the base), logins, or teams as `OWNER/TEAM`, without `@`. By default, or if nobody has these roles: who approved last, who submitted the issue and who wrote it, if they may answer.",
  quietHours:
    "When nobody is called. Work goes on. The first heartbeat afterwards asks and reminds. What stops the whole line, a contract and questions come at once.",
  "quietHours.from": "When they begin, by the clock of `timeZone`: `18:00`.",
  "quietHours.to": "When they end; on the next day if this is the earlier time.",
  "quietHours.timeZone": "The clock, by its name in the time zone database: `Europe/Berlin`.",
  "quietHours.weekends": "Saturdays and Sundays are quiet, too, from midnight to midnight.",
  trust:
    "How far the factory may go by itself, by path. The levels are explained in [trust](../explanation/trust.md).",
  "trust.default": "The level of every path that no scope names.",
  "trust.scopes":
    "Exceptions. If several name a path, the last one counts. A change has the lowest level of its paths.",
  "trust.scopes[].paths": "Globs, compared without regard to case.",
  "trust.scopes[].level": "The level of these paths.",
  "trust.ceilings":
    "No path has a higher level than any of these says, whatever the scopes above say. The config of an organization is added here.",
  "trust.ceilings[].default": "The highest level for every path that none of its scopes names.",
  "trust.ceilings[].scopes":
    "The highest level for some paths. If several name a path, the last one counts.",
  "trust.ceilings[].scopes[].paths": "Globs, compared without regard to case.",
  "trust.ceilings[].scopes[].level": "The highest level of these paths.",
  protect: "Globs of more paths that always need a person. The built-in list stays as it is.",
  dependencies:
    "Where an approved lockfile may fetch from ([decision 0006](../../.github/decisions/0006-dependencies-are-approved-by-their-bytes.md)).",
  "dependencies.registries": "Registries that packages may come from; no other one is asked.",
  "dependencies.downloads":
    "The source for the downloads of the last week, which the person who approves sees; with `null`, nobody is asked.",
  limits: "Limits that code enforces for every worker.",
  "limits.wip":
    "Issues that are built at a time, by their ledgers. Others wait with the label `factory:waiting`, and cost nothing: [who comes first](../explanation/architecture.md#whose-turn-it-is).",
  "limits.waitingForPeople":
    "Decisions that may wait for one person. Work that would end at a person with this many does not start: [whose turn it is](../explanation/architecture.md#whose-turn-it-is).",
  "limits.attempts": "Attempts of one issue before a person is asked.",
  "limits.changedLines": "Added plus removed lines of a change.",
  "limits.usdPerIssue": "Money for the model, over all attempts of one issue, at list price.",
  "limits.usdPerDay":
    "Money for the model per day in UTC, over all issues, at list price. An order starts if the day has enough left for its maximum; work under way counts with its maximum.",
  "limits.tokensPerRun": "Input, cache and output tokens of one worker.",
  "limits.turnsPerRun": "Replies of the model in one worker.",
  "limits.minutesPerRun": "Minutes of one worker.",
  verify: "How far verify goes beyond running the checks.",
  "verify.noticeMinutes":
    "Minutes to take the parts of a change back one by one, the biggest first, and see which of them a named test notices. `0` tries none. The result says what was not tried in time.",
  gate: "What the gate asks of a change, beyond its fixed rules.",
  "gate.noticed":
    "The least share of changed source lines, from 0 to 1, that named tests or the compiler notice when they are taken back. Without it, the share is shown and refuses nothing; a part that nobody notices makes the risk at least medium.",
  models: "The model of each role.",
  "models.default": "The model of every role that has none of its own.",
  "models.reviewer": "The model of the reviewer. Another model than the coder's sees other faults.",
  "models.tester":
    "The model of the tester, which writes the acceptance tests before the coder starts; the coder's by default.",
  "models.explorer": "Kept for later: accepted and **not used yet**.",
  smoke: "How to see a merged change live.",
  "smoke.deploy":
    "What deploys a merge, or where it is seen live: at least one of `workflow`, `status` and `sha`. Without it, nothing is dispatched, probes start at once, and nothing is called live.",
  "smoke.deploy.workflow":
    "File name in `.github/workflows`, dispatched after the factory's own merge; it needs `workflow_dispatch` without required inputs.",
  "smoke.deploy.status":
    "The environment of the deployment on GitHub, such as `github-pages`. The smoke test begins once the merge's deployment says `success`.",
  "smoke.deploy.sha":
    "An address whose answer contains the commit that is live. The smoke test waits for it.",
  "smoke.deploy.timeoutSeconds":
    "Seconds to wait for that commit. The wait for reviewers of an environment has no limit.",
  "smoke.probes":
    "What to test once the commit is live. Each probe is an address (`get`), a command (`run`) or a script for a browser (`playwright`). All must answer as expected.",
  "smoke.probes[].get": "Address to get.",
  "smoke.probes[].expect": "What the answer must be.",
  "smoke.probes[].expect.status": "Status code.",
  "smoke.probes[].expect.bodyMatches": "Regular expression that the body must match.",
  "smoke.probes[].expect.json": "What the body holds, read as JSON of at most 64 KiB.",
  "smoke.probes[].expect.json[].path":
    "Where the value is: a singular query of RFC 9535, `$.db[0].state` or `$['a b']`.",
  "smoke.probes[].expect.json[].equals":
    'The value: text, a number, true, false or null. `1` is not `"1"`.',
  "smoke.probes[].expect.withinMs":
    "Longest time to the whole answer, in ms. Two of three tries have to be in time.",
  "smoke.probes[].run":
    "A command that passes with exit code 0. It runs in the sandbox, in the tree of the commit before the change ([how](../how-to/smoke-test-a-deploy.md#commands-and-browsers)).",
  "smoke.probes[].playwright":
    "Path of a script below the root that Node runs there, with `playwright-core` and the browser in `MILLWRIGHT_BROWSER`.",
  "smoke.probes[].timeoutSeconds": "Time limit of a program; 60 by default.",
  "smoke.probes[].hosts":
    "Addresses whose hosts a program reaches, besides those of `get` and of `smoke.deploy.sha`. It reaches no other.",
  "smoke.spreadSeconds":
    "Seconds over which the three tries of a probe are spread if the first one fails.",
  incidents: "What to do with [alerts](../how-to/turn-alerts-into-issues.md).",
  "incidents.resolveAfterHours":
    "Hours after which the issue of an alert is closed, counted from when it was last seen and from when the smoke test saw its fix live.",
  "incidents.sentry":
    "A project of Sentry that the heartbeat asks for errors, with the secret `SENTRY_AUTH_TOKEN`; by default, nobody is asked.",
  "incidents.sentry.url":
    "The address of Sentry's API, the one host that gets the token. Organizations in the EU use `https://de.sentry.io`.",
  "incidents.sentry.organization": "The organization's slug, as in the address of its pages.",
  "incidents.sentry.project": "The project's number: the last part of its DSN.",
  quality: "What the nightly audit grades.",
  "quality.areas": "Parts of the repository; the source folders by default.",
  "quality.areas[].name": "Name, as it stands in `quality.md`.",
  "quality.areas[].paths": "Globs of its files.",
  "quality.areas[].owner":
    "Who is responsible for it. The page shows the name; nobody is notified.",
  "quality.areas[].bar": "The lowest grade that files no issue.",
  board:
    "`true`: the heartbeat starts a job that writes one issue about once an hour, which shows whether the line runs and who has to act ([how](../how-to/watch-the-board.md)).",
  learning: "How to learn from mistakes ([how](../how-to/learn-from-mistakes.md)).",
  "learning.guideBytes":
    "Bytes that `AGENTS.md` may have. If it is full, a lesson's line has to replace another one.",
  loops: "The files of the [loops](loops.md).",
};
