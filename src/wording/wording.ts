export interface Wording {
  /** The sentence's beginning; the subject follows. */
  readonly says: string;
  /** What a person does when the refusal itself has no hint. */
  readonly advice: string;
}
