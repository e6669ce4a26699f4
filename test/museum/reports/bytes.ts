import { reports } from "../report.ts";

export const BYTES = reports({
  "github/copilot-cli#3732": {
    kind: "bytes and line ends",
    what: "an edit elsewhere in the file replaced each byte that is not UTF-8 with the replacement character",
    here: "an edit changes only the bytes that it names",
  },
  "anomalyco/opencode#49600": {
    kind: "bytes and line ends",
    what: "the destroyed bytes were reported as a success, and committed",
    here: "the collection of a change refuses a replacement character in the place of another byte, whoever wrote it",
  },
  "openclaw/openclaw#114895": {
    kind: "bytes and line ends",
    what: "the diff that was shown came from text that had already lost its bytes, so nobody could see the loss",
    here: "bytes that are not UTF-8 are shown as bytes, so that people see how the old and the new line differ",
  },
  "anthropics/claude-code#62713": {
    kind: "bytes and line ends",
    what: "an insertion turned CRLF into LF on lines that it did not touch",
    here: "line ends outside of an edit stay, and new lines get the line ends of the lines around them",
  },
  "anthropics/claude-code#27718": {
    kind: "bytes and line ends",
    what: "an edit of several lines never matched in a file with CRLF, and only said that it had failed",
    here: "a line break matches the file's own, and a text that is not found gives an error that says so",
  },
  "anthropics/claude-code-action#91": {
    kind: "Git LFS",
    what: "files that were committed through the API bypassed the filter, so there were blobs instead of pointers",
    here: "content for a path that the attributes give to a filter is refused by name. A pointer may move without changes",
  },
});
