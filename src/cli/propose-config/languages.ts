import { proposeCmake } from "./cmake.ts";
import { proposeDotnet } from "./dotnet/dotnet.ts";
import { proposeGo } from "./go.ts";
import { proposeGradle, proposeMaven } from "./java.ts";
import { proposeJavaScript } from "./javascript/javascript.ts";
import type { Propose } from "./look.ts";
import { proposePhp } from "./php/php.ts";
import { proposePython } from "./python/python.ts";
import { proposeRuby } from "./ruby/ruby.ts";
import { proposeRust } from "./rust.ts";

/** A language or build, how it is recognized, and how its checks are found. */
export interface Language {
  readonly name: string;
  /** Names of files in the project's folder, the surest first. */
  readonly manifests: readonly RegExp[];
  /** Source files, by which languages side by side are weighed. */
  readonly sources: RegExp;
  /** Programs of the toolchains that its checks may call, beside those below /usr. */
  readonly toolchains: readonly string[];
  /** Undefined for those of which no check can be proposed yet. */
  readonly propose: Propose | undefined;
  /** Of one without checks: why none can be told. */
  readonly why?: string;
}

const C_SOURCES = /\.(?:cc?|cpp|cxx|hh?|hpp)$/;

export const LANGUAGES: readonly Language[] = [
  {
    name: "JavaScript or TypeScript",
    manifests: [/^package\.json$/],
    sources: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
    toolchains: ["bun", "deno"],
    propose: proposeJavaScript,
  },
  {
    name: "Python",
    manifests: [
      /^pyproject\.toml$/,
      /^setup\.(?:py|cfg)$/,
      /^requirements[\w-]*\.txt$/,
      /^tox\.ini$/,
    ],
    sources: /\.pyi?$/,
    toolchains: ["python3"],
    propose: proposePython,
  },
  {
    name: "Go",
    manifests: [/^go\.work$/, /^go\.mod$/],
    sources: /\.go$/,
    toolchains: ["go"],
    propose: proposeGo,
  },
  {
    name: "Rust",
    manifests: [/^Cargo\.toml$/],
    sources: /\.rs$/,
    toolchains: ["rustc"],
    propose: proposeRust,
  },
  {
    name: "Java with Maven",
    manifests: [/^pom\.xml$/],
    sources: /\.(?:java|kt|groovy)$/,
    toolchains: ["java", "mvn"],
    propose: proposeMaven,
  },
  {
    name: "Java or Kotlin with Gradle",
    manifests: [/^(?:build|settings)\.gradle(?:\.kts)?$/],
    sources: /\.(?:java|kts?|groovy)$/,
    toolchains: ["java", "gradle"],
    propose: proposeGradle,
  },
  {
    name: ".NET",
    manifests: [/\.(?:sln|slnx)$/, /\.(?:csproj|fsproj|vbproj)$/],
    sources: /\.(?:cs|fs|vb)$/,
    toolchains: ["dotnet"],
    propose: proposeDotnet,
  },
  {
    name: "Ruby",
    manifests: [/^Gemfile$/, /\.gemspec$/, /^Rakefile$/],
    sources: /\.(?:rb|erb)$/,
    toolchains: ["ruby"],
    propose: proposeRuby,
  },
  {
    name: "PHP",
    manifests: [/^composer\.json$/],
    sources: /\.php$/,
    toolchains: ["php"],
    propose: proposePhp,
  },
  unknownTo("Elixir", [/^mix\.exs$/], /\.exs?$/),
  unknownTo("Swift", [/^Package\.swift$/, /\.xcodeproj$/], /\.swift$/),
  unknownTo("Dart", [/^pubspec\.yaml$/], /\.dart$/),
  unknownTo("Scala", [/^build\.sbt$/], /\.scala$/, ["java"]),
  unknownTo("Haskell", [/\.cabal$/, /^stack\.yaml$/], /\.hs$/),
  {
    name: "C or C++ with CMake",
    manifests: [/^CMakeLists\.txt$/],
    sources: C_SOURCES,
    toolchains: [],
    propose: proposeCmake,
  },
  unknownTo("C or C++ with Meson", [/^meson\.build$/], C_SOURCES),
  unknownTo("Zig", [/^build\.zig$/], /\.zig$/),
  unknownTo("Deno", [/^deno\.jsonc?$/], /\.[jt]sx?$/, ["deno"]),
  {
    ...unknownTo("Bazel", [/^(?:MODULE|WORKSPACE)(?:\.bazel)?$/], /\.(?:bzl|bazel)$/),
    why: "which target needs which is written by programs (BUILD files and rules), so that `bazel query` tells it and no manifest does",
  },
];

function unknownTo(
  name: string,
  manifests: readonly RegExp[],
  sources: RegExp,
  toolchains: readonly string[] = [],
): Language {
  return { name, manifests, sources, toolchains, propose: undefined };
}
