/** What is left for a person to do on GitHub: what it is for, and the command that does it. */
export interface NextStep {
  readonly what: string;
  readonly command: string;
}
