import type { TestReport } from "../../domain/config/test-report.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { SandboxResult, Workspace } from "../../ports/sandbox.ts";
import { readTestsApart } from "./reports/read-apart.ts";
import type { ReportSource, TestsReading } from "./reports/read-tests.ts";
import { REPORT_BYTES } from "./xml.ts";

/** Mount point of a workspace in the sandbox. Reports name absolute paths below it. */
const MOUNT = "/ws";

/** Bytes of output to keep if it is the report: all that the sandbox lets a command print. */
export const OUTPUT_BYTES = 50_000_000;

/** Keeps a text from a check, for people. */
export type KeepFile = (file: string, text: string) => Promise<void>;

/** Possible beginnings of workspace paths in a report. */
export function rootsOf(workspace: Workspace): readonly string[] {
  return [workspace.directory, MOUNT];
}

/** Whether the report is the command's output. */
export function isInOutput(report: TestReport | undefined): boolean {
  return report !== undefined && report.files === undefined;
}

/**
 * Removes every existing report before the run, whoever wrote it, so that it is not taken for the result. @returns in
 * words why that is impossible
 */
export async function clearReports(
  workspace: Workspace,
  report: TestReport,
): Promise<{ readonly problem: string } | undefined> {
  if (report.files === undefined) return undefined;
  const found = await findReports(workspace, report.files);
  if ("problem" in found) return found;
  const standing: string[] = [];
  for (const path of found.paths) {
    const file = await readBounded(workspace, path);
    if (!("missing" in file)) standing.push(path);
  }
  if (standing.length > 0) {
    await workspace.write(standing.map((path) => ({ path, deleted: true as const })));
  }
  return undefined;
}

/** Per-test results of a run: from its files, all that match together, or from its output. */
export async function readReports(
  workspace: Workspace,
  report: TestReport,
  { result, keep }: { readonly result: SandboxResult; readonly keep?: KeepFile | undefined },
): Promise<TestsReading> {
  const sources = await sourcesOf(workspace, report, result);
  if ("problem" in sources) return sources;
  for (const { path, content } of sources.sources) {
    if (path === undefined || typeof content === "string") continue;
    await keep?.(`reports/${path}`, new TextDecoder().decode(content));
  }
  const reports = { format: report.format, ...sources, roots: rootsOf(workspace) };
  return await readTestsApart(reports, workspace.readApart);
}

async function sourcesOf(
  workspace: Workspace,
  report: TestReport,
  result: SandboxResult,
): Promise<{ readonly sources: readonly ReportSource[] } | { readonly problem: string }> {
  if (report.files === undefined) {
    const { output, outputBytes } = result;
    if (outputBytes > OUTPUT_BYTES) return { problem: `larger than ${OUTPUT_BYTES} bytes` };
    return { sources: [{ content: output }] };
  }
  const found = await findReports(workspace, report.files);
  if ("problem" in found) return found;
  const sources: ReportSource[] = [];
  let bytes = 0;
  for (const path of found.paths) {
    const file = await readBounded(workspace, path);
    if ("missing" in file) continue;
    if ("problem" in file) return file;
    bytes += file.bytes.length;
    if (bytes > REPORT_BYTES) return { problem: `larger than ${REPORT_BYTES} bytes in all` };
    sources.push({ path, content: file.bytes });
  }
  return sources.length === 0 ? { problem: "not there after the run" } : { sources };
}

const WILD = /[*?[{]|[@!+]\(/;

async function findReports(
  workspace: Workspace,
  files: string,
): Promise<{ readonly paths: readonly string[] } | { readonly problem: string }> {
  if (!WILD.test(files)) return { paths: [files] };
  try {
    return { paths: await workspace.find(files) };
  } catch (error) {
    return { problem: `not to be found: ${messageOf(error)}` };
  }
}

/** A file of the workspace, which may be a link, a folder or endless. */
export async function readBounded(
  workspace: Workspace,
  path: string,
): Promise<
  { readonly bytes: Uint8Array } | { readonly missing: true } | { readonly problem: string }
> {
  try {
    const bytes = await workspace.readFile(path, REPORT_BYTES);
    return bytes === undefined ? { missing: true } : { bytes };
  } catch (error) {
    return { problem: `unreadable: ${messageOf(error)}` };
  }
}
