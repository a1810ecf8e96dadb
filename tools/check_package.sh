#!/usr/bin/env bash
# Installs the Debian packages and the wheel on a bare Debian 12, uses them and removes them:
# tools/check_package.sh PACKAGES MATSIDE, the folder of the packages and the program that they contain. Afterwards only
# the person's own files may be left.
# The bare Debian is downloaded once from apt's mirror and stays in build/fresh_debian with its packages; delete that
# folder to download it again.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
kept=$root/build/fresh_debian
suite=bookworm
# What is installed besides, for pandas frames.
tried_with=(python3-pandas)

say() { printf 'package: %s\n' "$@" >&2; }
fail() {
  say "$@"
  exit 1
}

# Runs a command with its output in the log; shows the end of the log if it fails.
logged() {
  printf '\n$ %s\n' "$*" >>"$kept/log"
  "$@" >>"$kept/log" 2>&1 </dev/null && return
  { tail -n 20 -- "$kept/log" | sed 's/^/  | /' && printf '  (full log: %s)\n' "$kept/log"; } >&2
  return 1
}

# The bare Debian as a tar file without device nodes, so that no root is needed to create and unpack it.
make_debian() {
  local sources
  # shellcheck disable=SC2016 # apt fills these in
  sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' | grep " $suite" | sort -u) ||
    fail "apt on this machine has no Debian 12 mirror; add one to /etc/apt/sources.list"
  if [ -f "$kept/debian.tar" ] && [ "$(<"$kept/sources")" = "$sources" ]; then return; fi
  command -v mmdebstrap >/dev/null || fail "mmdebstrap is missing: apt-get install mmdebstrap"
  say "downloading a minimal Debian 12 (once, 40 MB)"
  apt-config dump | grep -E '^Acquire::https?::' >"$kept/apt.conf" || true
  printf '%s\n' "$sources" >"$kept/sources"
  logged mmdebstrap --variant=minbase --skip=output/dev,cleanup/apt/lists --aptopt="$kept/apt.conf" \
    "$suite" "$kept/new.tar" "$kept/sources" || fail "mmdebstrap failed (see above)."
  mv -- "$kept/new.tar" "$kept/debian.tar"
}

in_debian() {
  chroot "$fresh" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} "$@"
}
# Runs a command as an ordinary user.
as_anna() {
  in_debian setpriv --reuid=1000 --regid=1000 --clear-groups env -C /home/anna HOME=/home/anna "$@"
}
apt_get() { logged in_debian apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Options::=--force-unsafe-io "$@"; }

# All files, folders and links with owner and permissions, except what apt and dpkg write for any package.
listing() {
  local written='^/(proc|dev|packages|home/anna)/|^/var/(cache/apt|lib/apt/lists|lib/apt/extended_states|log|cache/ldconfig)'
  written+='|^/var/(lib/dpkg/[a-z]+-old|cache/debconf/[a-z]+[.]dat-old) '
  (cd -- "$fresh" && find . -xdev -printf '/%P %y %m %u:%g %l\n') | grep -Ev "$written" | LC_ALL=C sort
}

# A few devices of its own; of this machine only apt's package cache is mounted.
unpack_debian() {
  local node
  mkdir -p -- "$fresh" "$kept/archives/partial"
  tar -C "$fresh" -xpf "$kept/debian.tar"
  mkdir -p -- "$fresh/dev" "$fresh/packages"
  mount -t tmpfs -o mode=755 devices "$fresh/dev"
  for node in null zero full random urandom tty; do
    : >"$fresh/dev/$node"
    mount --bind "/dev/$node" "$fresh/dev/$node"
  done
  ln -s /proc/self/fd "$fresh/dev/fd"
  mkdir -m 1777 -- "$fresh/dev/shm"
  mount -t proc proc "$fresh/proc"
  mount --bind "$kept/archives" "$fresh/var/cache/apt/archives"
  cp -- "$packages"/*.deb "$fresh/packages"
  if [ -d "$kept/wheel" ]; then cp -- "$kept"/wheel/*.whl "$fresh/packages"; fi
  cp -- /etc/resolv.conf "$fresh/etc/resolv.conf"
  in_debian useradd --uid 1000 --user-group --create-home anna
  apt_get -o Acquire::Retries=2 update
}

# The installed program must work, and give the same result as the built one, byte for byte.
use() {
  local clip=single_leg_kick.mp4 here
  in_debian dpkg --verify
  [ "$(as_anna matside --version)" = "$("$matside" --version)" ] || fail "matside --version differs from the built program"
  as_anna matside doctor >>"$kept/log" || fail "matside doctor failed: $(as_anna matside doctor)"
  cp -- "$root/data/samples/$clip" "$fresh/home/anna/"
  as_anna matside analyze "$clip" --quiet --record
  here=$(cd -- "$root/data/samples" && "$matside" analyze "$clip" --quiet --json -)
  [ "$(<"$fresh/home/anna/results/single_leg_kick.analysis.json")" = "$here" ] ||
    fail "the installed program and $matside give different results for $clip"
  as_anna matside plan >>"$kept/log"
  # Not grep -q: it ends at the first match, and pipefail would count ldconfig's broken pipe.
  in_debian ldconfig -p | grep 'libmatside.so.0 ' >/dev/null || fail "the linker does not find libmatside.so.0"
}

# Follows docs/python.md with this Python, as a reader would: every cell must print what the page shows.
follow_tutorial() {
  logged as_anna "$1" -B tutorial/tests/python/tutorial_test.py ||
    fail "docs/python.md can't be followed with $1 (see above)."
}

# The Python package, as Debian's and as a wheel, must work too.
use_python() {
  local clip=single_leg_kick.mp4 wheel tutorial=$fresh/home/anna/tutorial
  cp -- "$root/tests/python/installed_use.py" "$fresh/home/anna/"
  as_anna python3 installed_use.py "$clip" >>"$kept/log" || fail "python3-matside doesn't work: see $kept/log"
  mkdir -p -- "$tutorial/docs" "$tutorial/tests/python" "$tutorial/data/samples"
  cp -- "$root/docs/python.md" "$tutorial/docs/"
  cp -- "$root"/tests/python/{tutorial_test,practice_poses}.py "$tutorial/tests/python/"
  cp -- "$root/data/samples/$clip" "$tutorial/data/samples/"
  follow_tutorial python3
  [ -d "$kept/wheel" ] || return 0
  wheel=$(cd -- "$kept/wheel" && printf '%s' *.whl)
  as_anna python3 -m venv --system-site-packages environment
  # The environment has NumPy and pandas of Debian, and with them the same version of matside.
  logged as_anna environment/bin/pip install --no-index --no-deps --force-reinstall "/packages/$wheel" ||
    fail "installing the wheel failed (see above)."
  as_anna environment/bin/python installed_use.py "$clip" | grep ' /home/anna/environment/' >>"$kept/log" ||
    fail "the wheel doesn't work: see $kept/log"
  follow_tutorial environment/bin/python
}

# The wheel is built here; a bare Debian has no compiler.
make_wheel() {
  say "building the wheel"
  logged /usr/bin/python3 -m pip wheel --no-build-isolation --no-deps --no-index -w "$kept/wheel" \
    "$root/src/bindings/python" || fail "building the wheel failed (see above)."
}

changes() {
  LC_ALL=C diff <(printf '%s\n' "$1") <(printf '%s\n' "$2") | sed -n 's/^>/left:/p; s/^</gone:/p' || true
}

try_packages() {
  local before left
  unpack_debian
  # To install the wheel. apt recommends certificates and so would keep those that venv brings.
  if [ -d "$kept/wheel" ]; then tried_with+=(python3-venv ca-certificates openssl); fi
  before=$(listing)
  say "installing"
  # shellcheck disable=SC2046 # one word a package
  apt_get install --no-install-recommends "${tried_with[@]}" $(cd -- "$packages" && printf '/packages/%s ' *.deb) ||
    fail "installing the packages failed (see above)."
  say "using"
  use
  use_python
  say "removing"
  apt_get purge --auto-remove matside libmatside0 libmatside-dev python3-matside "${tried_with[@]}" ||
    fail "removing the packages failed (see above)."
  left=$(changes "$before" "$(listing)")
  [ -z "$left" ] || fail "after removing the packages, these files differ:" "$left"
  [ -s "$fresh/home/anna/.local/share/matside/matside.db" ] || fail "removing the packages also removed the user's records"
  say "installed, used and removed on a minimal Debian 12; only the user's files remain"
}

if [ "${1:-}" = --inside ]; then
  packages=$2 matside=$3 fresh=$4
  try_packages
  exit
fi
[ "$#" -eq 2 ] || [ "${3:-}" = --without-wheel ] ||
  fail "usage: tools/check_package.sh PACKAGES MATSIDE [--without-wheel]"
packages=$(cd -- "$1" && pwd) matside=$(readlink -f -- "$2") fresh=$kept/root
compgen -G "$packages/matside_*.deb" >/dev/null || fail "$packages: no packages found; build them with ./dev package"
mkdir -p -- "$kept"
: >"$kept/log"
# The mounts are in a namespace that ends with its process.
apart=(unshare --mount --pid --fork --kill-child)
if [ "$(id -u)" -eq 0 ]; then
  remove=(rm -rf --one-file-system --)
else
  apart+=(--user --map-root-user --map-auto)
  remove=(unshare --user --map-root-user --map-auto rm -rf --one-file-system --)
  "${apart[@]}" true 2>>"$kept/log" ||
    fail "unshare --user --map-auto failed. Run this as root, or install uidmap and add ranges for $(id -un) to" \
      "/etc/subuid and /etc/subgid"
fi
make_debian
rm -rf -- "$kept/wheel"
[ "$#" -eq 3 ] || make_wheel
"${remove[@]}" "$fresh"
trap '"${remove[@]}" "$fresh"' EXIT
"${apart[@]}" "$0" --inside "$packages" "$matside" "$fresh"
