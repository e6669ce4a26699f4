import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import type { LowGrade, OpenTask } from "../../gatherers/plan/pages.ts";
import { codeSpan } from "../inert-words.ts";
import { gathered, keyed, titled } from "./bounded.ts";

interface Churned {
  readonly path: string;
  readonly fixes: readonly string[];
}

interface PlanFacts {
  readonly grades: readonly LowGrade[];
  readonly tasks: readonly OpenTask[];
  readonly churn: readonly Churned[];
  readonly fixes: number;
  /** Whether there is a page of grades at all. */
  readonly isGraded: boolean;
  readonly specs: number;
}

/** The facts of the planner, each with its place. Conclusions are left to the reader. */
export function planItems(facts: PlanFacts): Gathered {
  const { grades, tasks, churn, fixes, isGraded, specs } = facts;
  return gathered([...grades.map(gradeItem), ...churn.map(churnItem), ...tasks.map(taskItem)], {
    ...(isGraded ? { "below-bar": grades.length } : {}),
    ...(specs === 0 ? {} : { "open-tasks": tasks.length }),
    fixes,
    "often-mended": churn.length,
  });
}

function gradeItem({ path, line, area, grade, bar, row }: LowGrade): GatheredItem {
  return {
    key: keyed("grade", area),
    title: titled(`${area} has grade ${grade}, its bar is ${bar}`),
    body: cut(
      row.map(([name, cell]) => `- ${codeSpan(name)}: ${codeSpan(cell)}`).join("\n"),
      20_000,
    ),
    evidence: [{ what: "row of the scorecard", at: `${path}:${line}`, output: "" }],
  };
}

function churnItem({ path, fixes }: Churned): GatheredItem {
  return {
    key: keyed("mended", path),
    title: titled(`${path} was mended ${fixes.length} times`),
    body: `Changes that mend or take back another one, or that a defect asked for, touched this file.`,
    evidence: [{ what: "changes", at: cut(path, 1_000), output: cut(fixes.join("\n"), 10_000) }],
  };
}

function taskItem({ path, line, headings, words }: OpenTask): GatheredItem {
  const under = headings.join(" › ");
  return {
    key: keyed("task", path, under, words),
    title: titled(words === "" ? `${path}:${line}` : words),
    body: cut(
      `The specification has this open, under ${codeSpan(under === "" ? path : under)}.`,
      20_000,
    ),
    evidence: [{ what: "unchecked box", at: `${path}:${line}`, output: cut(words, 10_000) }],
  };
}
