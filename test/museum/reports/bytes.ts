import { reports } from "../report.ts";

export const BYTES = reports({
  "github/copilot-cli#3732": {
    kind: "bytes and line ends",
    what: "an edit elsewhere in the file replaced each byte that is not UTF-8 by the replacement character",
    here: "an edit changes the bytes that it names and no other",
  },
  "anomalyco/opencode#49600": {
    kind: "bytes and line ends",
    what: "the destroyed bytes were reported as a success, and committed",
    here: "a replacement character in the place of another byte is refused when the change is collected, whoever wrote it",
  },
  "openclaw/openclaw#114895": {
    kind: "bytes and line ends",
    what: "the diff that was shown came from text that had already lost its bytes, so nobody could see the loss",
    here: "bytes that are no UTF-8 are shown as bytes, so that old and new line differ to the eye",
  },
  "anthropics/claude-code#62713": {
    kind: "bytes and line ends",
    what: "an insertion turned CRLF into LF on lines that it did not touch",
    here: "line ends outside of an edit stay, and new lines get those of the lines around them",
  },
  "anthropics/claude-code#27718": {
    kind: "bytes and line ends",
    what: "an edit of several lines never matched in a file with CRLF, and only said that it had failed",
    here: "a line break matches the file's own, and what is not found says so",
  },
  "anthropics/claude-code-action#91": {
    kind: "Git LFS",
    what: "files committed through the API went past the filter: blobs where pointers belong",
    here: "content for a path that the attributes give to a filter is refused and named; a pointer that only moves may move",
  },
});
