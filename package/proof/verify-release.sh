#!/bin/sh
# Checks a release of Airlock, with sha256sum and gpg alone. In the folder of the packages:
#
#   sh verify-release.sh KEY
#
# KEY is a file with the release key, or that key's fingerprint where gpg knows the key already. Where it and
# this script come from decides what this is worth: not from beside the packages, but from whom you trust. By
# hand the same is `gpg --verify SHA256SUMS.asc SHA256SUMS`, then `sha256sum --check SHA256SUMS`.
#
#   sh verify-release.sh --installed /opt/airlock LIST
#
# holds an installed program against LIST, that file of the release whose name ends in .files.sha256.
#
# Ends with 0 where all is as it was released, and with 1 otherwise, in a sentence for each thing.
set -u
export LC_ALL=C
unset CDPATH

failed=0
wrong() {
  printf 'WRONG: %s\n' "$1"
  failed=1
}
stop() {
  printf '%s\n' "$1" >&2
  exit 2
}

# Lines as sha256sum writes them, no path that leads elsewhere, and nothing else.
is_list() {
  [ -s "$1" ] && ! grep -qvE '^[0-9a-f]{64}  [A-Za-z0-9_][A-Za-z0-9._@+-]*(/[A-Za-z0-9_][A-Za-z0-9._@+-]*)*$' -- "$1"
}

if [ "${1:-}" = --installed ]; then
  [ $# = 3 ] || stop 'Type: sh verify-release.sh --installed FOLDER LIST'
  [ -d "$2" ] || stop "There is no folder $2."
  [ -f "$3" ] || stop "There is no file $3."
  is_list "$3" || stop "$3 is no list of files."
  work=$(mktemp -d) || exit 2
  trap 'rm -rf -- "$work"' EXIT
  sort <"$3" >"$work/released"
  digest=$(sha256sum <"$3" | cut -c 1-64)
  cd -- "$2" || exit 2
  # A link is no file of the program, wherever it leads.
  find . -type f -exec sha256sum -- {} + | sed 's|^\([0-9a-f]*  \)\./|\1|' | sort >"$work/here"
  find . ! -type f ! -type d | sed 's|^\./||' >"$work/strange"
  comm -23 "$work/released" "$work/here" >"$work/missed"
  comm -13 "$work/released" "$work/here" >"$work/found"
  while read -r _ path; do
    if [ -e "$path" ]; then wrong "$path is not as it was released."; else wrong "$path is missing."; fi
  done <"$work/missed"
  cut -c 67- <"$work/released" >"$work/paths"
  while read -r _ path; do
    grep -qxF -- "$path" "$work/paths" || wrong "$path is no part of the program."
  done <"$work/found"
  while read -r path; do wrong "$path is no part of the program."; done <"$work/strange"
  [ "$failed" = 0 ] || exit 1
  printf 'Every file in %s is as it was released. Its digest:\n%s\n' "$2" "$digest"
  exit 0
fi

[ $# = 1 ] || stop 'Type: sh verify-release.sh KEY, where KEY is a file with the release key, or its fingerprint.'
given=$1
key=$given
[ -f "$key" ] && key=$(cd -- "$(dirname -- "$key")" && pwd)/$(basename -- "$key")
cd -- "$(dirname -- "$0")" || exit 2
[ -f SHA256SUMS ] || stop 'There is no SHA256SUMS beside this script.'
[ -f SHA256SUMS.asc ] || stop 'There is no SHA256SUMS.asc beside this script: nobody signed this release.'

# The key by itself, in a keyring that holds no other.
home=$(mktemp -d) || exit 2
trap 'rm -rf -- "$home"' EXIT
if [ -f "$key" ]; then
  gpg --homedir "$home" --batch --quiet --import -- "$key" 2>/dev/null || stop "$given holds no key that gpg can read."
else
  fingerprint=$(printf '%s' "$key" | tr -d ' ' | tr 'a-f' 'A-F')
  printf '%s\n' "$fingerprint" | grep -qxE '[0-9A-F]{40}' || stop "$given is neither a file nor a fingerprint of 40 digits."
  gpg --batch --quiet --export -- "$fingerprint" 2>/dev/null | gpg --homedir "$home" --batch --quiet --import 2>/dev/null ||
    stop "gpg knows no key $fingerprint."
fi

status=$(gpg --homedir "$home" --batch --status-fd 1 --verify SHA256SUMS.asc SHA256SUMS 2>/dev/null)
signer=$(printf '%s\n' "$status" | sed -n 's/^\[GNUPG:\] VALIDSIG .* \([0-9A-F]\{40\}\)$/\1/p' | head -n 1)
good=$(printf '%s\n' "$status" | grep -c '^\[GNUPG:\] GOODSIG ')
if [ "$good" != 1 ] || [ -z "$signer" ]; then
  wrong "SHA256SUMS is not what the owner of this key signed."
  exit 1
fi
is_list SHA256SUMS || stop 'SHA256SUMS is no list of files.'

checked=0
absent=0
while read -r sum path; do
  if [ ! -e "$path" ]; then
    absent=$((absent + 1))
  elif printf '%s  %s\n' "$sum" "$path" | sha256sum --check --status - 2>/dev/null; then
    printf 'ok     %s\n' "$path"
    checked=$((checked + 1))
  else
    wrong "$path is not as it was released."
  fi
done <SHA256SUMS
for path in *; do
  case $path in SHA256SUMS | SHA256SUMS.asc | "${key##*/}") continue ;; esac
  grep -qF -- "  $path" SHA256SUMS || wrong "$path is no part of this release."
done
[ "$checked" -gt 0 ] || wrong 'Nothing of this release is here.'
[ "$failed" = 0 ] || exit 1
[ "$absent" = 0 ] || printf '%s\n' "$absent more of this release are not here, and were not checked."
printf 'As released by the owner of the key %s.\nIs that the fingerprint that you know?\n' "$signer"
