/** One person's report, from any source. */
export interface FeedbackReport {
  /** `#12`, `discussion #13`, or the file and the number of the record. */
  readonly id: string;
  /** Its place: an address, or `path:line`. */
  readonly at: string;
  readonly title: string;
  /** ISO 8601; absent if unknown. */
  readonly on?: string;
  /** The form field, as written. */
  readonly page?: string;
  readonly choice?: string;
}

/** Reports of the same page with the same choice of the same form. */
export interface FeedbackPattern {
  readonly page: string;
  readonly choice: string;
  /** In order of time, as far as known. */
  readonly reports: readonly FeedbackReport[];
}

/** GitHub's text for an empty field. */
const NOTHING = "_No response_";

/**
 * Fields of an issue from a form, by their labels: GitHub writes each as a heading of the third level with the typed
 * text below (docs.github.com, "Syntax for issue forms").
 */
export function fieldsOfForm(body: string): ReadonlyMap<string, string> {
  const parts = body.replaceAll("\r\n", "\n").split(/^### +(.+)$/m);
  const fields = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) {
    const [label = "", value = ""] = [parts[index]?.trim(), parts[index + 1]?.trim()];
    // A person's text may have such a heading, too, so the first one is the form's.
    if (value !== "" && value !== NOTHING && !fields.has(label)) fields.set(label, value);
  }
  return fields;
}

/** The same path is the same page, whatever the host and query. */
export function pageOf(value: string): string {
  const url = URL.parse(value);
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  return isWeb ? url.pathname : value;
}
