import type { Nodes } from "mdast";
import { nodesOf, pageOf, wordsOf } from "../documentation/page.ts";

/** An area whose grade is below its bar. */
export interface LowGrade {
  readonly path: string;
  readonly line: number;
  readonly area: string;
  readonly grade: string;
  readonly bar: string;
  /** Cells of the row by column name. */
  readonly row: readonly (readonly [string, string])[];
}

const GRADE = /^[A-D]$/;

/** Rows of the page's scorecard, which is the table with the columns Area, Grade and Bar. A grade that is no letter is unknown. */
export function belowBar(path: string, text: string): readonly LowGrade[] {
  const tables = nodesOf(pageOf(path, text).tree).filter((node) => node.type === "table");
  return tables.flatMap(({ children: [head, ...rows] }) => {
    const names = (head?.children ?? []).map(wordsOf);
    const [areaAt, gradeAt, barAt] = ["Area", "Grade", "Bar"].map((name) => names.indexOf(name));
    return rows.flatMap((row): readonly LowGrade[] => {
      const cells = row.children.map((cell) => wordsOf(cell).trim());
      const [area, grade, bar] = [areaAt, gradeAt, barAt].map((at) => cells[at ?? -1] ?? "");
      if (area === undefined || grade === undefined || bar === undefined) return [];
      if (!GRADE.test(grade) || !GRADE.test(bar) || grade <= bar) return [];
      const line = lineOf(row);
      return [
        { path, line, area, grade, bar, row: names.map((name, at) => [name, cells[at] ?? ""]) },
      ];
    });
  });
}

/** An unchecked box of a task list, under its headings. */
export interface OpenTask {
  readonly path: string;
  readonly line: number;
  readonly headings: readonly string[];
  readonly words: string;
}

/** Open tasks of a specification: empty boxes of task lists (GFM, "Task list items"). */
export function openTasks(path: string, text: string): readonly OpenTask[] {
  const headings: string[] = [];
  return nodesOf(pageOf(path, text).tree).flatMap((node): readonly OpenTask[] => {
    if (node.type === "heading") {
      headings.splice(node.depth - 1);
      headings[node.depth - 1] = wordsOf(node);
      return [];
    }
    if (node.type !== "listItem" || node.checked !== false) return [];
    const [words] = node.children;
    if (words === undefined) return [];
    const over = headings.filter((one) => one !== undefined);
    return [{ path, line: lineOf(node), headings: over, words: wordsOf(words) }];
  });
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 0;
}
