import { editDistance } from "./edit-distance.ts";

/**
 * Names that typosquatters imitate: packages of npm that most projects know. No package with such a list was available, so it is
 * short, and the names of the repository's own lockfile come first. A name that is missing here is not therefore good.
 */
const WELL_KNOWN: readonly string[] =
  `axios bcrypt body-parser chalk cheerio chokidar classnames commander cors cross-env crypto-js d3 date-fns dayjs debug
  discord.js dotenv electron esbuild eslint ethers express fs-extra glob graphql handlebars inquirer jest jquery js-yaml
  jsonwebtoken left-pad lodash minimist mkdirp moment mongodb mongoose mysql next node-fetch nodemailer nodemon passport
  playwright prettier prompts puppeteer react react-dom redis redux request rimraf rollup rxjs semver sequelize sharp
  socket.io tailwindcss ts-node typescript uglify-js underscore uuid vite vue web3 webpack winston ws yargs zod`.split(
    /\s+/,
  );

/** Shorter names often differ by only one letter. */
const SHORTEST = 4;

/**
 * The known name that this one is easily mistaken for: one letter away, or the same but for case, dashes, dots and
 * slashes. Undefined if there is none, or if it is itself known.
 */
export function lookAlikeOf(name: string, known: readonly string[]): string | undefined {
  const candidates = [...new Set([...known, ...WELL_KNOWN])];
  if (candidates.includes(name)) return undefined;
  const bare = bareName(name);
  return candidates.find((candidate) => {
    const other = bareName(candidate);
    if (bare === other) return true;
    const near = Math.abs(bare.length - other.length) <= 1;
    return (
      near && Math.min(bare.length, other.length) >= SHORTEST && editDistance(bare, other) === 1
    );
  });
}

function bareName(name: string): string {
  return name.toLowerCase().replace(/[-_.@/]|js$/g, "");
}
