#!/usr/bin/env bash
# Builds Matside and runs its tests on another Debian: tools/portability.sh [SUITE [ctest arguments]]; the default is
# trixie. The other Debian is downloaded once from apt's mirror and stays in build/portability/SUITE with its packages and
# its build; delete that folder to start afresh. The working tree is copied in as it is now.
set -euo pipefail
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
# shellcheck source=tools/setup.sh
. "$here/setup.sh"

# The bare Debian as a tar file without device nodes, so that no root is needed to create and unpack it.
make_debian() {
  local codename sources
  [ ! -f "$kept/debian.tar" ] || return 0
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  # shellcheck disable=SC2016 # apt fills these in
  sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    sed -n "s/ $codename\(-updates\|-security\)\{0,1\} / $suite\1 /p" | sort -u | grep .) ||
    fail "apt on this machine has no Debian mirror; add one to /etc/apt/sources.list"
  say "downloading a minimal Debian $suite (once, 40 MB)"
  apt-config dump | grep -E '^Acquire::(https?::|Check-)' >"$kept/apt.conf" || true
  printf '%s\n' "$sources" >"$kept/sources.list"
  logged mmdebstrap --variant=minbase --skip=output/dev --aptopt="$kept/apt.conf" \
    "$suite" "$kept/new.tar" "$kept/sources.list" || fail "mmdebstrap failed (see above)."
  mv -- "$kept/new.tar" "$kept/debian.tar"
}

# Copies the working tree without its builds, and web/node_modules with the networks.
copy_tree() {
  local tree=$there/matside
  mkdir -p -- "$tree"
  find "$tree" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf -- {} +
  git -C "$root" ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do if [ -e "$root/$file" ]; then printf '%s\0' "$file"; fi; done |
    tar -C "$root" --null -T - -cf - web/node_modules | tar -C "$tree" --no-same-owner -xf -
}

# Runs in its own namespace, so that the mounts end with this process.
enter() {
  if [ ! -d "$there" ]; then
    mkdir -- "$there.new"
    tar -C "$there.new" -xpf "$kept/debian.tar"
    cp -- "$kept/apt.conf" "$there.new/etc/apt/apt.conf.d/90mirror"
    echo force-unsafe-io >"$there.new/etc/dpkg/dpkg.cfg.d/quick"
    mv -- "$there.new" "$there"
  fi
  cp -- /etc/resolv.conf "$there/etc/resolv.conf"
  copy_tree
  mkdir -p -- "$there/dev" "$there/proc"
  mount --rbind /dev "$there/dev"
  mount -t proc proc "$there/proc"
  chroot "$there" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
    /matside/tools/portability.sh --there "$@"
}

# Runs on the other Debian. The table is printed in any case, with dashes for what did not run.
there() {
  local began output
  built=- tested=- build_s=- tests_s=-
  output=$(mktemp)
  trap table EXIT
  take_turn
  : >"$log"
  install_packages run tests
  install_networks
  built=FAILED
  began=$SECONDS
  build release
  let_go
  built=passed build_s=$((SECONDS - began))
  began=$SECONDS
  "$root/tools/run_tests.sh" release "$@" 2>&1 </dev/null | tee -- "$output" || true
  tests_s=$((SECONDS - began))
  tested=$(grep -E '^[0-9]+% tests passed' "$output") || tested=FAILED
  rm -f -- "$output"
  [[ $tested == "100% tests passed"* ]]
}

table() {
  printf '\n== on %s\n' "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)"
  printf '%-10s %s\n' compiler "$(g++ --version 2>/dev/null | head -n 1)" \
    FFmpeg "$(ffmpeg -version 2>/dev/null | sed -n '1s/^ffmpeg version \([^ ]*\).*/\1/p')" \
    build "$built, $build_s s" tests "$tested, $tests_s s"
}

if [ "${1:-}" = --there ]; then
  shift
  there "$@"
  exit
fi
inside=
if [ "${1:-}" = --inside ]; then inside=1 && shift; fi
suite=${1:-trixie}
[ "$#" -eq 0 ] || shift
kept=$root/build/portability/$suite there=$root/build/portability/$suite/root
if [ -n "$inside" ]; then
  enter "$@"
  exit
fi
take_turn
mkdir -p -- "$kept"
log=$kept/log
: >"$log"
install_packages debian
install_networks
make_debian
let_go
apart=(unshare --mount --pid --fork --kill-child)
if [ "$(id -u)" -ne 0 ]; then
  apart+=(--user --map-root-user --map-auto)
  "${apart[@]}" true 2>>"$log" ||
    fail "unshare --user --map-auto failed. Run this as root, or install uidmap and add ranges for $(id -un) to" \
      "/etc/subuid and /etc/subgid"
fi
"${apart[@]}" "$0" --inside "$suite" "$@"
