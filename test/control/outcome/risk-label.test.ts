import { expect, test } from "vitest";
import { deliver, newLine, orderOf, smoke, toSmoking } from "../line.ts";

test("a risk that the ledger knows and no label shows is shown with the next stage", async () => {
  const line = newLine();
  const { issue, event, result } = await toSmoking(line);
  const [risk] = line.github.issue(issue).labels.filter((label) => label.includes("risk-"));
  expect(risk).toMatch(/^factory:risk-/);
  line.github.changeIssue(issue, { labels: ["factory:smoking"] });
  const order = orderOf(result);
  const proposals = [deliver("post-merge-smoke", smoke(order, "passed"))];
  await line.run("record", { event, issue, order, proposals });
  expect(line.github.issue(issue).labels.toSorted()).toEqual(["factory:done", risk].toSorted());
});
