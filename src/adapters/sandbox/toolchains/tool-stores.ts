/**
 * Each tool's store for fetched and installed files, by its documented variable. HOME is the workspace, where a store
 * would count as a change. All executables that a tool installs for its user are in `<cache>/bin`, which is last on
 * PATH: `setup` can add a program, but never replace one of the machine.
 */
export function toolStores(cache: string): Readonly<Record<string, string>> {
  return {
    ...standardFolders(cache),
    ...javaScriptStores(cache),
    ...pythonStores(cache),
    ...compiledStores(cache),
    ...rubyStores(cache),
  };
}

/** Folders of installed executables, in their order on PATH. */
export function installedPrograms(cache: string): readonly string[] {
  return [`${cache}/bin`, `${cache}/gem/bin`, `${cache}/dotnet/.dotnet/tools`];
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ and, for executables, https://docs.astral.sh/uv/reference/environment/ */
function standardFolders(cache: string) {
  return {
    XDG_CACHE_HOME: `${cache}/xdg/cache`,
    XDG_CONFIG_HOME: `${cache}/xdg/config`,
    XDG_DATA_HOME: `${cache}/xdg/data`,
    XDG_STATE_HOME: `${cache}/xdg/state`,
    XDG_BIN_HOME: `${cache}/bin`,
  };
}

/**
 * npm: https://docs.npmjs.com/cli/v11/using-npm/config (cache, prefix), https://github.com/nodejs/corepack#environment-variables.
 * Yarn: https://yarnpkg.com/configuration/yarnrc (`YARN_CACHE_FOLDER` counts for yarn 1 and for a local cache, the global folder
 * otherwise). Bun: https://bun.com/docs/runtime/environment-variables. pnpm has its store below `PNPM_HOME` up to version 10
 * (https://pnpm.io/10.x/settings#storedir). A later one makes it in the workspace, on the same file system, unless told otherwise:
 * https://pnpm.io/settings#storedir
 */
function javaScriptStores(cache: string) {
  return {
    npm_config_cache: `${cache}/npm`,
    npm_config_prefix: cache,
    COREPACK_HOME: `${cache}/corepack`,
    PNPM_HOME: `${cache}/bin`,
    pnpm_config_store_dir: `${cache}/pnpm`,
    YARN_CACHE_FOLDER: `${cache}/yarn`,
    YARN_GLOBAL_FOLDER: `${cache}/yarn-berry`,
    BUN_INSTALL_CACHE_DIR: `${cache}/bun`,
  };
}

/**
 * https://docs.python.org/3/using/cmdline.html: `pip install --user` goes below the user base. No bytecode is written.
 * It is identified by the second and the size of its source, so a file that an agent rewrites twice within one second
 * would run in its older form. Also, `__pycache__` is not ignored everywhere. The marker by which a distribution forbids
 * pip to install (PEP 668) applies to `--user` too; it guards a system that is read-only here:
 * https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-break-system-packages
 */
function pythonStores(cache: string) {
  return {
    PYTHONUSERBASE: cache,
    PYTHONDONTWRITEBYTECODE: "1",
    PIP_BREAK_SYSTEM_PACKAGES: "1",
  };
}

/**
 * https://pkg.go.dev/cmd/go#hdr-Environment_variables, https://doc.rust-lang.org/cargo/reference/environment-variables.html,
 * https://docs.gradle.org/current/userguide/directory_layout.html, https://maven.apache.org/configure.html and, for its
 * wrapper, https://maven.apache.org/tools/wrapper/, https://learn.microsoft.com/nuget/consume-packages/managing-the-global-packages-and-cache-folders,
 * https://learn.microsoft.com/dotnet/core/tools/dotnet-environment-variables
 */
function compiledStores(cache: string) {
  return {
    GOPATH: `${cache}/go`,
    GOBIN: `${cache}/bin`,
    CARGO_HOME: `${cache}/cargo`,
    CARGO_INSTALL_ROOT: cache,
    GRADLE_USER_HOME: `${cache}/gradle`,
    MAVEN_OPTS: `-Dmaven.repo.local=${cache}/maven`,
    MAVEN_USER_HOME: `${cache}/m2`,
    NUGET_PACKAGES: `${cache}/nuget`,
    DOTNET_CLI_HOME: `${cache}/dotnet`,
  };
}

/** https://guides.rubygems.org/command-reference/#gem-environment, https://bundler.io/man/bundle-config.1.html */
function rubyStores(cache: string) {
  return {
    GEM_HOME: `${cache}/gem`,
    BUNDLE_PATH: `${cache}/bundle`,
    BUNDLE_USER_HOME: `${cache}/bundler`,
  };
}
