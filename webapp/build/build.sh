#!/bin/sh
# Builds (bundle) or lints and tests (check) the web application with the machine's Node. Nothing is done twice for the same sources.
# Without Node, or with UI_SKIP=true, the jar holds a plain page that says so: the server works all the same.
set -eu
cd "$(dirname "$0")/.."
out=target/classes/META-INF/webui

usable() {
  [ "${UI_SKIP:-false}" != true ] || return 1
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || return 1
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

# Argument: why.
plain() {
  echo "The web application is left out: $1."
  rm -rf "$out"
  mkdir -p "$out"
  cp build/plain.html "$out/index.html"
  echo index.html >"$out/files.txt"
  rm -f target/bundled
}

# Runs the rest of the line unless it ended well before for the same input. Arguments: name of the mark, its value, command.
once() {
  mark=target/$1
  value=$2
  shift 2
  if [ -f "$mark" ] && [ "$(cat "$mark")" = "$value" ]; then return; fi
  rm -f "$mark"
  "$@"
  printf '%s' "$value" >"$mark"
}

install_packages() {
  npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.slipway-lock
}

if ! usable; then
  if [ "$1" = bundle ]; then plain "it needs Node 20.19 or newer with npm (and no -Dui.skip)"; fi
  exit 0
fi
mkdir -p target
if ! cmp -s package-lock.json node_modules/.slipway-lock && ! install_packages; then
  # Without a network the rest of the platform is still worth having.
  [ -z "${CI:-}" ] || exit 1
  if [ "$1" = bundle ]; then plain "npm cannot get its packages"; fi
  exit 0
fi
sources=$(node build/stamp.mjs)
case $1 in
  bundle)
    [ -f "$out/files.txt" ] || rm -f target/bundled
    once bundled "$sources" npm run --silent --loglevel=error bundle
    ;;
  check) once checked "$sources" npm run --silent --loglevel=error check ;;
esac
