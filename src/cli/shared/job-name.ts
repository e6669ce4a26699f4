/** Between the names of calling jobs and the job's own, on GitHub and on the twin. */
const SEPARATOR = " / ";

/** A job's own name, without those of the jobs that call its workflow. A name may hold a slash, but none between blanks. */
export function ownJobName(name: string): string {
  return name.split(SEPARATOR).at(-1) ?? name;
}

/** The name of a job as GitHub writes it, from one that act told: it fills names up with blanks, and puts a bare slash between them. */
export function jobNameFromAct(name: string): string {
  return name.trim().split("/").join(SEPARATOR);
}
