/** What one person reported, wherever it was. */
export interface FeedbackReport {
  /** `#12`, `discussion #13`, or the file and the number of the record. */
  readonly id: string;
  /** Where it can be read: an address, or `path:line`. */
  readonly at: string;
  readonly title: string;
  /** ISO 8601; absent where nobody wrote it down. */
  readonly on?: string;
  /** What the form's field says, as it stands there. */
  readonly page?: string;
  readonly choice?: string;
}

/** Reports of the same page with the same choice of the same form. */
export interface FeedbackPattern {
  readonly page: string;
  readonly choice: string;
  /** In the order in which they came, as far as that is known. */
  readonly reports: readonly FeedbackReport[];
}

/** What GitHub writes for a field that nobody filled in. */
const NOTHING = "_No response_";

/**
 * The fields of an issue that a form made, by their labels: GitHub writes each as a heading of the third level and what was
 * typed below it (docs.github.com, "Syntax for issue forms").
 */
export function fieldsOfForm(body: string): ReadonlyMap<string, string> {
  const parts = body.replaceAll("\r\n", "\n").split(/^### +(.+)$/m);
  const fields = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) {
    const [label = "", value = ""] = [parts[index]?.trim(), parts[index + 1]?.trim()];
    // A text of a person may have such a heading, too: the first is the form's.
    if (value !== "" && value !== NOTHING && !fields.has(label)) fields.set(label, value);
  }
  return fields;
}

/** The same page is the same path, whoever asked for it and with what question. */
export function pageOf(value: string): string {
  const url = URL.parse(value);
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  return isWeb ? url.pathname : value;
}
