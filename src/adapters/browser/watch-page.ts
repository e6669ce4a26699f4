import type { Page } from "playwright-core";
import { cut } from "./cut.ts";

interface Source {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

const MOST = 100;

/** Listens to a page; the returned function reports its events so far. */
export function watchPage(page: Page, address: string): () => object {
  const errors: { readonly text: string; readonly source?: Source }[] = [];
  const exceptions: { readonly text: string; readonly source?: Source }[] = [];
  const failures: { readonly method: string; readonly url: string; readonly why: string }[] = [];
  const blocked = new Set<string>();
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url, lineNumber, columnNumber } = message.location();
    const source = { url: cut(url), line: lineNumber + 1, column: columnNumber + 1 };
    errors.push({ text: cut(message.text()), ...(url === "" ? {} : { source }) });
  });
  page.on("pageerror", (error) => {
    const source = sourceOf(error.stack ?? "");
    const text = cut(error.stack ?? error.message);
    exceptions.push({ text, ...(source === undefined ? {} : { source }) });
  });
  page.on("requestfailed", (request) => {
    const url = request.url();
    if (!isOfOrigin(url, address)) return void blocked.add(cut(url));
    const why = request.failure()?.errorText ?? "no answer";
    // The page itself cancelled it, as with every request when it navigates.
    if (why !== "net::ERR_ABORTED") failures.push({ method: request.method(), url: cut(url), why });
  });
  page.on("response", (response) => {
    if (response.status() < 400) return;
    const why = `${response.status()} ${response.statusText()}`.trim();
    failures.push({ method: response.request().method(), url: cut(response.url()), why });
  });
  return () => ({
    errors: errors.slice(0, MOST),
    exceptions: exceptions.slice(0, MOST),
    failures: failures.slice(0, MOST),
    blocked: [...blocked].slice(0, MOST),
  });
}

/** Other services of this machine may be part of the application. */
function isOfOrigin(url: string, address: string): boolean {
  const host = URL.parse(url)?.hostname ?? "";
  return host === URL.parse(address)?.hostname || LOOPBACK.includes(host);
}

const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** The first place in a stack from V8. */
function sourceOf(stack: string): Source | undefined {
  const found = /(https?:\/\/[^\s()]+?):([0-9]+):([0-9]+)/.exec(stack);
  if (found === null) return undefined;
  const [, url = "", line = "", column = ""] = found;
  return { url: cut(url), line: Number(line), column: Number(column) };
}
