# Shared by the scripts: where things are and how to say what happens.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
local_dir=${WEMASTER_LOCAL:-$root/.local}
# PostgreSQL runs as a user of its own when root starts it, and that user cannot look into a
# private home: then what it keeps stands where everybody may pass.
if [ -z "${WEMASTER_LOCAL:-}" ] && [ "$(id -u)" = 0 ]; then
  at=$root
  while [ "$at" != / ]; do
    case $(stat -c %A "$at") in
      *x | *t) ;;
      *) local_dir=/var/tmp/wemaster-$(printf '%s' "$root" | cksum | cut -d' ' -f1) ;;
    esac
    at=$(dirname "$at")
  done
fi

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
