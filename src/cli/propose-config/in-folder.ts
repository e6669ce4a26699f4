import type { ProposedCheck, ProposedOnly, ProposedReport } from "./proposal.ts";
import { quote } from "./shell-text.ts";

/** A check of a folder, run from the root; its report lies in the folder. */
export function inFolder(check: ProposedCheck, folder: string): ProposedCheck {
  if (folder === "") return check;
  const { report, only, paths } = check;
  const into = `cd ${quote(folder)} && `;
  return {
    ...check,
    run: `${into}${check.run}`,
    ...(report === undefined ? {} : { report: moved(report, folder) }),
    ...(paths === undefined ? {} : { paths: paths.map((glob) => below(folder, glob)) }),
    ...(only === undefined ? {} : { only: { ...only, run: `${into}${fromFolder(only, folder)}` } }),
  };
}

/** Files are named from the root; behind `cd` the folder is taken off each. */
function fromFolder({ run, by }: ProposedOnly, folder: string): string {
  return by === "files" ? run.replace('"$@"', `"\${@#${quote(`${folder}/`)}}"`) : run;
}

function moved(report: ProposedReport, folder: string): ProposedReport {
  if (typeof report === "string") return below(folder, report);
  return report.files === undefined ? report : { ...report, files: below(folder, report.files) };
}

function below(folder: string, path: string): string {
  return `${folder.replace(/[*?[\]{}()!+@\\]/g, "\\$&")}/${path}`;
}
