/**
 * The folder that the person stands in. npm runs scripts in the folder of the package and says in INIT_CWD where the person
 * stood (npm-run-script).
 * @param command the command, whose script of package.json has its name
 */
export function standingPlace(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const byNpm = environment.npm_lifecycle_event === command ? environment.INIT_CWD : undefined;
  return byNpm ?? process.cwd();
}
