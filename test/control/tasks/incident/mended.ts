import {
  alerted,
  commented,
  deliver,
  deliveries,
  green,
  intake,
  labeled,
  ledgerOf,
  lineOrderOf,
  newLine,
  orderOf,
  smoke,
  type TestLine,
} from "../../line.ts";
import { smokedLive } from "../release/revert/lane.ts";

export const ALERT = {
  type: "TypeError",
  message: "price is undefined",
  frames: [{ path: "/srv/app/src/greet.ts", function: "greet", line: 3 }],
  release: "v1",
};

/** Every hour; the other schedule is the night's. */
export const HOURLY = { name: "schedule", payload: { schedule: "41 * * * *" } };

export function send(line: TestLine, alert: object = ALERT) {
  line.nextRun();
  return line.run("incident", { event: alerted(line.github, { alert }) });
}

export function beat(line: TestLine) {
  line.nextRun();
  return line.run("incident", { event: HOURLY });
}

export function hours(line: TestLine, count: number): void {
  line.pass(count * 3_600);
}

/** An alert's issue, worked on by the line: merged, and looked at by its smoke test. */
export async function mended(
  options: { readonly config?: string; readonly live?: boolean; readonly alert?: object } = {},
) {
  const { config, live = true } = options;
  const line = newLine(config === undefined ? {} : { config });
  await send(line, options.alert);
  const issue = 1;
  await work(line, issue, live);
  return { line, issue, fix: line.github.head() };
}

/** From the queued label to the record of the smoke test. */
export async function work(line: TestLine, issue: number, live = true): Promise<void> {
  const { labels } = line.github.issue(issue);
  line.github.changeIssue(issue, { labels: [...labels, "factory:queued"] });
  line.nextRun();
  const queued = labeled(line.github, issue);
  const read = orderOf(await line.run("open", { event: queued, issue }));
  await line.run("propose", {
    event: queued,
    issue,
    order: read,
    proposals: [deliver("intake-normalize", intake(read))],
  });
  line.nextRun();
  const proposed = ledgerOf(line.github, issue).findLast(({ event }) => event.kind === "proposed");
  const contract = proposed?.event.kind === "proposed" ? proposed.event.contract : "";
  const body = `/factory approve ${contract.slice(0, 7)}`;
  const event = commented(line.github, { issue, by: "ada", body });
  const order = lineOrderOf(await line.run("claim", { event, issue }));
  const proposals = deliveries(green(line.github, order));
  const release = orderOf(await line.run("settle", { event, issue, order, proposals }));
  const seen = live ? smokedLive(release, "passed") : smoke(release, "passed");
  await line.run("record", {
    event,
    issue,
    order: release,
    proposals: [deliver("post-merge-smoke", seen)],
  });
}
