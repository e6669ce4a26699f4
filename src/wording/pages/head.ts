import { createHash } from "node:crypto";
import { type Html, html } from "./run-page/html.ts";

/**
 * The beginning of a page that is one file: its policy lets it load nothing and run nothing, and use no style but this one.
 * @param style CSS of this project, never a text of others
 */
export function headOf({ title, style }: { readonly title: string; readonly style: string }): Html {
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
`;
}
