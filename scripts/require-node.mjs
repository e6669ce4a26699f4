// Says which Node is needed before anything else can fail in a way that says nothing. Runs on any Node since 12.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 24 && !(major === 22 && minor >= 18)) {
  console.error(
    `Millwright's scripts need Node 24, this is ${process.versions.node}. On Linux x64 and arm64 \`npm ci\` brings it along; ` +
      "elsewhere install it from https://nodejs.org or with your version manager, then try again.",
  );
  process.exit(1);
}
