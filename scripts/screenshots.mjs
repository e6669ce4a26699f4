// Takes pictures of a run's page at phone and desktop width, light and dark, with a Chromium that is installed.
// Usage: node scripts/screenshots.mjs [--page FILE] [--out FOLDER] [--readme]
// --readme writes the two pictures that README.md shows (docs/images), desktop alone and no taller than they need to be.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readArguments } from "./arguments.mjs";

const NAME = "npm run screenshots --";

const root = new URL("..", import.meta.url).pathname;
const { values } = readArguments(
  NAME,
  {
    page: {
      type: "string",
      value: "file",
      says: "another page",
      default: join(root, ".demo/happy.html"),
    },
    out: { type: "string", value: "folder", says: "where the pictures are written" },
    readme: { says: "takes the two pictures that README.md shows" },
  },
  { says: "Takes pictures of a page at phone and desktop width, light and dark." },
);

/** The largest picture in the README, in bytes, for readers on slow lines. */
const MOST_BYTES = 150_000;
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "chrome"];
/** Values of Blink's preferredColorScheme. */
const SCHEMES = { light: 1, dark: 0 };
const WIDTHS = values.readme
  ? { demo: [1100, 620] }
  : { desktop: [1280, 2400], phone: [390, 2400] };

const page = resolve(values.page);
if (!existsSync(page)) stop(`there is no page ${page}; \`npm run demo\` writes one`);
const browser = process.env.CHROME ?? BROWSERS.find(answers);
if (browser === undefined) {
  stop(`none of ${BROWSERS.join(", ")} is installed; name one in the variable CHROME`);
}
const out = resolve(values.out ?? join(root, values.readme ? "docs/images" : ".demo/screenshots"));
mkdirSync(out, { recursive: true });

for (const [width, size] of Object.entries(WIDTHS)) {
  for (const [scheme, value] of Object.entries(SCHEMES)) {
    const name = values.readme ? width : `${basename(page, ".html")}-${width}`;
    shoot(join(out, `${name}-${scheme}.png`), size, value);
  }
}

function shoot(file, [width, height], scheme) {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const ran = spawnSync(
    browser,
    [
      "--headless",
      "--disable-gpu",
      "--hide-scrollbars",
      ...asRoot,
      `--blink-settings=preferredColorScheme=${scheme}`,
      `--window-size=${width},${height}`,
      `--screenshot=${file}`,
      pathToFileURL(page).href,
    ],
    { encoding: "utf8", timeout: 60_000 },
  );
  if (ran.status !== 0 || !existsSync(file)) stop(`${browser} took no picture: ${ran.stderr}`);
  const bytes = statSync(file).size;
  console.log(`${file} ${bytes} bytes`);
  if (values.readme && bytes > MOST_BYTES) stop(`${file} has more than ${MOST_BYTES} bytes`);
}

function answers(name) {
  return spawnSync(name, ["--version"], { timeout: 10_000 }).status === 0;
}

function stop(reason) {
  console.error(reason);
  process.exit(1);
}
