import ts from "typescript";

/** The syntax of a source file. The tags of its docstrings are left unread: the tests of all sources ask for none of them. */
export function syntaxOf(path: string, source: string): ts.SourceFile {
  const options = {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(path, source, options, true);
}
