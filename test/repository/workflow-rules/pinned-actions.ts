/**
 * Actions of others that our files may use, each at one commit in all of them: read from the tag in the action's own
 * repository, except the two marked. Whoever changes a line reads the tag first: git ls-remote --tags URL 'refs/tags/vX*'.
 */
export const PINNED_ACTIONS: Readonly<
  Record<string, { readonly version: string; readonly commit: string }>
> = {
  "actions/checkout": { version: "v7.0.1", commit: "3d3c42e5aac5ba805825da76410c181273ba90b1" },
  "actions/setup-node": { version: "v6.4.0", commit: "48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e" },
  // As many public repositories pin it under this version; the copy at hand of its own repository is older.
  "actions/upload-artifact": {
    version: "v7.0.1",
    commit: "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a",
  },
  "actions/download-artifact": {
    version: "v8.0.1",
    commit: "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
  },
  "actions/attest-build-provenance": {
    version: "v4.1.0",
    commit: "a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32",
  },
  // As many public repositories pin it under this version; the copy at hand of its own repository is older.
  "actions/create-github-app-token": {
    version: "v3.2.0",
    commit: "bcd2ba49218906704ab6c1aa796996da409d3eb1",
  },
};
