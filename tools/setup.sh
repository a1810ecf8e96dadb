# shellcheck shell=bash
# Set-up shared by ./run, ./check and ./dev: Debian packages, the pose networks, the build.
# All messages go to stderr; stdout is the program's.

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
log=$root/build/setup.log
stamp=$root/build/setup.stamp
matside=$root/build/release/bin/matside
decoder=$root/build/release/libexec/matside/matside-decoder
models_dir=$root/web/node_modules/@mediapipe/pose

say() { printf 'set-up: %s\n' "$@" >&2; }

fail() {
  printf 'set-up: %s\n' "$@" >&2
  exit 1
}

# Runs a command with its output in the log; shows the end of the log if it fails.
logged() {
  printf '\n$ %s\n' "$*" >>"$log"
  "$@" >>"$log" 2>&1 </dev/null && return
  { tail -n 15 -- "$log" | sed 's/^/  | /' && printf '  (full log: %s)\n' "$log"; } >&2
  return 1
}

# The packages of one section of tools/packages.txt.
packages_in() {
  sed -n "/^\[$1\]/,/^\[/{/^[a-z]/p}" "$root/tools/packages.txt"
}

have_node() {
  local version
  command -v npm >/dev/null 2>&1 || return 1
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  [ "${version%%.*}" -ge 18 ]
}

# Which of the named packages are not installed.
missing_of() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^ii *//p') || true
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

apt_get() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  logged "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -q -y "$@"
}

# install_packages SECTION...: installs only what is missing.
install_packages() {
  local section wanted=() missing=() advice
  for section in "$@"; do mapfile -t -O "${#wanted[@]}" wanted < <(packages_in "$section"); done
  have_node || mapfile -t -O "${#wanted[@]}" wanted < <(packages_in node)

  [ -z "${MATSIDE_SKIP_PACKAGES:-}" ] || return 0
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "apt-get is missing: packages are installed automatically only on Debian." \
      "Install the equivalents of these packages: ${wanted[*]}" \
      "Then run this again with MATSIDE_SKIP_PACKAGES=1."
  fi
  mapfile -t missing < <(missing_of "${wanted[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0

  advice="apt-get install --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "Debian packages are missing, and sudo is not installed." \
      "Run as root: $advice" "Then run this again."
    say "installing Debian packages with sudo; it may ask for your password"
    sudo -v || fail "sudo failed. Ask an administrator to run: $advice" "Then run this again."
  fi
  say "installing Debian packages: ${missing[*]}"
  if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
    apt_get update || fail "apt-get update failed (see above). Check the network connection."
  fi
  apt_get install --no-install-recommends "${missing[@]}" && return
  say "installing failed; updating the package lists and trying again"
  apt_get update && apt_get install --no-install-recommends "${missing[@]}" && return
  fail "apt-get could not install the packages (see above)." \
    "Check the network connection and that this is Debian 12 or 13. To install the packages yourself, run: $advice"
}

# Whether node_modules matches package-lock.json and contains the networks.
node_modules_match() {
  local file
  while read -r _ file; do [ -e "$models_dir/$file" ] || return 1; done <"$root/data/models/SHA256SUMS"
  (cd -- "$root/web" && node -e '
    const wanted = require("./package-lock.json").packages;
    for (const [path, p] of Object.entries(wanted))
      if (path && !p.optional && require("./" + path + "/package.json").version !== p.version) process.exit(1);
  ') >/dev/null 2>&1
}

# The networks must be those that the project was measured with. A changed file is never replaced
# automatically. 5 is matside's exit code for the same error.
check_networks() {
  (cd -- "$models_dir" && sha256sum --quiet -c "$root/data/models/SHA256SUMS") >>"$log" 2>&1 && return
  tail -n 5 -- "$log" | sed 's/^/  | /' >&2
  say "a pose network in $models_dir is incomplete or has changed." \
    "To download it again, run: rm -rf $root/web/node_modules" "Then run this again."
  exit 5
}

install_networks() {
  if ! node_modules_match; then
    say "downloading the pose networks and the page's build tools (npm ci, about 60 MB)"
    (cd -- "$root/web" && logged npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
      fail "npm could not download the packages (see above)." \
        "Check the network connection, then run this again."
  fi
  check_networks
}

# Compile jobs: one a core, but no more than memory allows at about 1 GB each.
jobs() {
  local cores memory_kb
  cores=$(nproc)
  memory_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo)
  local fitting=$((${memory_kb:-0} / 1000000))
  if [ "$fitting" -lt 1 ]; then fitting=1; fi
  echo $((cores < fitting ? cores : fitting))
}

# build PRESET [TARGET [CMAKE OPTION...]]
build() {
  local preset=$1 target=${2:-}
  local dir=$root/build/$preset home
  shift $(($# < 2 ? $# : 2))
  home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$dir/CMakeCache.txt" 2>/dev/null) || true
  # A build folder that was moved here can't be used.
  if [ -n "$home" ] && [ "$home" != "$root" ]; then rm -rf -- "$dir"; fi
  (cd -- "$root" && logged cmake --preset "$preset" \
    "-DCMAKE_CXX_COMPILER_LAUNCHER=$(command -v ccache || true)" "$@") ||
    fail "cmake could not configure the $preset build (see above)."
  say "building $preset (parallel jobs: $(jobs))"
  if [ -t 2 ]; then
    cmake --build "$dir" -j "$(jobs)" ${target:+--target "$target"} >&2 ||
      fail "the $preset build failed (see above)."
  else
    logged cmake --build "$dir" -j "$(jobs)" ${target:+--target "$target"} ||
      fail "the $preset build failed (see above)."
  fi
}

# Puts build/site together, from the builds wasm and release.
make_site() {
  node "$root/web/make_site.mjs" "$root/build/site" "$root/build/wasm/bin/matside.wasm" "$root/build/release"
}

# What the set-up depends on, besides the times of the sources.
fingerprint() {
  echo "$root"
  cat -- "$root"/{tools/packages.txt,tools/setup.sh,web/package-lock.json,data/models/SHA256SUMS,CMakePresets.json} |
    sha256sum
}

# Whether the set-up has nothing to do. Fast: runs no compiler, package manager or node.
set_up_already() {
  local file
  [ -x "$matside" ] && [ -x "$decoder" ] && [ -f "$stamp" ] && [ "$(<"$stamp")" = "$(fingerprint)" ] || return 1
  [ ! /var/lib/dpkg/status -nt "$stamp" ] || return 1
  while read -r _ file; do [ -e "$models_dir/$file" ] || return 1; done <"$root/data/models/SHA256SUMS"
  # A folder's time changes when files are added or removed.
  [ -z "$(cd -- "$root" && find CMakeLists.txt data packaging src tools/cmake web/{index.html,src,public,report,voice,make_voice.mjs,package-lock.json} -newer "$stamp" -print -quit)" ]
}

# Allows one set-up at a time in this tree. File descriptor 9 holds the lock; let_go releases it.
take_turn() {
  mkdir -p -- "$root/build" || fail "cannot write to $root; check its permissions."
  exec 9>"$root/build/setup.lock"
  flock -n 9 2>/dev/null && return
  say "another set-up is running in this folder; waiting for it to finish"
  flock 9
}
let_go() { exec 9>&-; }

# Sets up what ./run needs: packages, networks, the release build of the program.
set_up() {
  if set_up_already; then return; fi
  take_turn
  if ! set_up_already; then
    : >"$log"
    install_packages run
    install_networks
    # The stamp's time is before the build, so that a file saved meanwhile is built next time.
    fingerprint >"$stamp.new"
    build release matside
    mv -- "$stamp.new" "$stamp"
    say "ready"
  fi
  let_go
}
