/** Address of an app's commits on GitHub: `1+name[bot]@users.noreply.github.com`. Nobody else can have it. */
const APP = /^(?:[0-9]+\+)?[A-Za-z0-9][A-Za-z0-9-]*\[bot\]@users\.noreply\.github\.com$/;

/** An app of GitHub, or one of the addresses that a person named. There is no list of products. */
export function isAgentAddress(address: string, agents: readonly string[]): boolean {
  const folded = address.toLowerCase();
  return APP.test(address) || agents.some((agent) => agent.toLowerCase() === folded);
}
