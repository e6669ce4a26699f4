#!/usr/bin/env bash
# Makes bubblewrap usable on a GitHub-hosted runner. This step only prepares the sandbox: the worker tests it before its first
# command. If this step fails, it only warns. The worker then refuses, and says on the issue what to install.
set -euo pipefail

if [[ "${RUNNER_ENVIRONMENT:-}" == millwright-twin && "${MILLWRIGHT_ISOLATION:-}" == none ]]; then
  echo "The twin plays without isolation: scripted model, bundled example."
  exit 0
fi

works() { env -i PATH="$PATH" bwrap --unshare-user --unshare-all --ro-bind / / true 2>/dev/null; }

if command -v bwrap >/dev/null && works; then
  echo "bubblewrap works: $(bwrap --version)"
  exit 0
fi

# Uses the distribution's own lists alone, because a vendor's list that does not answer fails every update on a hosted runner.
lists=()
for list in /etc/apt/sources.list.d/{ubuntu,debian}.sources /etc/apt/sources.list; do
  if [[ -s "$list" ]]; then
    lists=(-o "Dir::Etc::sourcelist=$list" -o Dir::Etc::sourceparts=/dev/null)
    break
  fi
done
for attempt in 1 2 3; do
  if command -v bwrap >/dev/null; then break; fi
  # A failed update does not end the attempt, because the lists of the runner's image may be enough.
  sudo apt-get update -qq "${lists[@]}" -o Acquire::Retries=3 \
    || echo "::warning::apt-get update failed; trying the install anyway (attempt $attempt of 3)"
  sudo apt-get install -y -qq "${lists[@]}" -o Acquire::Retries=3 --no-install-recommends bubblewrap || true
done
if ! command -v bwrap >/dev/null; then
  echo "::warning::bubblewrap is missing and could not be installed: sudo apt-get install -y bubblewrap"
  exit 0
fi

# ubuntu-24.04 lets only programs with an AppArmor profile make user namespaces
# (https://ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces). The profile is narrower than the sysctl.
if ! works && [[ -d /etc/apparmor.d ]]; then
  sudo tee /etc/apparmor.d/millwright-bwrap >/dev/null <<'PROFILE' || true
abi <abi/4.0>,
include <tunables/global>
profile millwright-bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
}
PROFILE
  sudo apparmor_parser -r /etc/apparmor.d/millwright-bwrap || true
fi
if ! works; then
  sudo sysctl -q kernel.apparmor_restrict_unprivileged_userns=0 || true
fi
if ! works; then
  echo "::warning::bubblewrap cannot make a sandbox on this runner. Use runner: ubuntu-24.04, or allow user namespaces on your own runner."
  exit 0
fi
echo "bubblewrap works: $(bwrap --version)"
