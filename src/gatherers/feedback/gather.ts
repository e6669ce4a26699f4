import type { Gathered } from "../../domain/loop/gathered.ts";
import { feedbackItems } from "../../wording/gathered/feedback.ts";
import { readCsv } from "./csv.ts";
import type { FeedbackFile, FeedbackOptions } from "./options.ts";
import { type FeedbackReport, fieldsOfForm, pageOf } from "./reports.ts";

/** An open issue or discussion, for the digest. */
export interface FeedbackIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  /** ISO 8601: when opened, or if unknown, last changed. */
  readonly on: string;
}

export interface FeedbackGiven {
  readonly issues: readonly FeedbackIssue[];
  /** Undefined if none were shown. `unread` counts those that were not shown, and may be reports. */
  readonly discussions?:
    | { readonly shown: readonly FeedbackIssue[]; readonly unread: number }
    | undefined;
  /** Content of the files in the options, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly options: FeedbackOptions;
}

/**
 * The digest of feedback. Groups reports with the same page and choice, without comparing words. Reports without a page
 * or choice stay ungrouped, and are counted. @throws with the file and its fault, or if discussions are asked for and
 * not shown
 */
export function gatherFeedback(given: FeedbackGiven): Gathered {
  const { issues, texts, options } = given;
  const discussions = options.discussions ? shownOf(given) : undefined;
  const reports = [
    ...issues.map((issue) => reportOf(`#${issue.number}`, issue, options)),
    ...(discussions?.shown ?? []).map((one) => reportOf(`discussion #${one.number}`, one, options)),
    ...options.files.flatMap((file) => reportsIn(file, texts.get(file.path))),
  ];
  const grouped = Map.groupBy(reports, keyOf);
  const ungrouped = grouped.get(undefined) ?? [];
  const patterns = [...grouped].flatMap(([key, same]) => {
    const [first] = same;
    if (key === undefined || first?.page === undefined || first.choice === undefined) return [];
    const inOrder = same.toSorted((left, right) => compare(left.on ?? "", right.on ?? ""));
    return [{ page: first.page, choice: first.choice, reports: inOrder }];
  });
  const most = patterns.toSorted((left, right) => right.reports.length - left.reports.length);
  return feedbackItems({
    patterns: most.filter(({ reports: same }) => same.length >= options.least),
    single: most.filter(({ reports: same }) => same.length < options.least).length,
    ungrouped,
    reports: reports.length,
    unread: discussions?.unread,
  });
}

function shownOf({ discussions }: FeedbackGiven) {
  if (discussions !== undefined) return discussions;
  throw new Error("discussions: none are shown here; a loop on GitHub reads them by gather.use");
}

function keyOf({ page, choice }: FeedbackReport): string | undefined {
  return page === undefined || choice === undefined ? undefined : JSON.stringify([page, choice]);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function reportOf(id: string, issue: FeedbackIssue, { fields }: FeedbackOptions): FeedbackReport {
  const found = fieldsOfForm(issue.body);
  return {
    ...{ id, at: issue.url, title: issue.title, on: issue.on },
    ...told(found.get(fields.page), found.get(fields.choice)),
  };
}

function told(page: string | undefined, choice: string | undefined) {
  return {
    ...(page === undefined || page === "" ? {} : { page: pageOf(page) }),
    ...(choice === undefined || choice === "" ? {} : { choice }),
  };
}

function reportsIn(file: FeedbackFile, text: string | undefined): readonly FeedbackReport[] {
  if (text === undefined) throw new Error(`${file.path}: there is no such file at the commit`);
  const records = file.path.endsWith(".csv") ? recordsOfCsv(file, text) : recordsOfJson(file, text);
  return records.map(({ at, cell }, index) => {
    const on = file.on === undefined ? undefined : cell(file.on);
    return {
      ...{ id: `${file.path} ${index + 1}`, at },
      title:
        (file.title === undefined ? undefined : cell(file.title)) ?? `${file.path} ${index + 1}`,
      ...(on === undefined ? {} : { on }),
      ...told(cell(file.page), cell(file.choice)),
    };
  });
}

interface Row {
  readonly at: string;
  readonly cell: (column: string) => string | undefined;
}

function recordsOfCsv({ path, page, choice }: FeedbackFile, text: string): readonly Row[] {
  const records = readCsv(text);
  if (records === undefined) throw new Error(`${path}: a quote does not end, or stands in a cell`);
  const [head, ...rows] = records;
  for (const column of [page, choice]) {
    if (head?.cells.includes(column) !== true) throw new Error(`${path}: no column "${column}"`);
  }
  return rows.map(({ line, cells }) => ({
    at: `${path}:${line}`,
    cell: (column) => cells[head?.cells.indexOf(column) ?? -1],
  }));
}

function recordsOfJson({ path }: FeedbackFile, text: string): readonly Row[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new Error(`${path}: expected a list of objects`);
  return list.map((one: unknown, index) => ({
    at: `${path} ${index + 1}`,
    cell: (column) => {
      const value: unknown =
        typeof one === "object" && one !== null ? Reflect.get(one, column) : undefined;
      return typeof value === "string" || typeof value === "number" ? `${value}` : undefined;
    },
  }));
}
