#!/bin/sh
# Verifies the Airlock transcripts in the folder that this file lies in. Uses nothing of Airlock:
# only sh, coreutils (sha256sum and others), jq and gpg. Changes nothing. Needs no network.
#
#   STATION/journal.jsonl           one event a line; "prev" is the SHA-256 of the line before
#   STATION/checkpoint.txt          line count, hash of the last line, SHA-256 of the whole journal
#   STATION/checkpoint.txt.NAME.asc detached signature by NAME over the checkpoint
#   keys/NAME.asc                   public key of NAME. Compare its fingerprint with one that you trust.
#
# Exit code 0: everything fits. 1: something does not, and is named on a line that begins with FAIL.
set -u
LC_ALL=C
export LC_ALL
unset CDPATH
cd -- "$(dirname -- "$0")" || exit 1

for tool in sha256sum jq gpg; do
  command -v "$tool" >/dev/null 2>&1 && continue
  printf 'FAIL: %s is not installed on this machine: install it and run this again.\n' "$tool"
  exit 1
done

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -m 700 "$tmp/gpg" || exit 1
GNUPGHOME=$tmp/gpg
export GNUPGHOME

# The two jq programs of this script.
cat >"$tmp/journal.jq" <<'PROGRAM'
@journal.jq@
PROGRAM
cat >"$tmp/compare.jq" <<'PROGRAM'
@compare.jq@
PROGRAM

fails=0
# Names of files and text from journals may hold anything: only printable characters reach the terminal.
say() { printf '%s\n' "$*" | tr -d '\000-\011\013-\037\177'; }
ok() { say "ok    $*"; }
fail() { fails=$((fails + 1)); say "FAIL  $*"; }
sha256() { sha256sum <"$1" | cut -d ' ' -f 1; }

# The clock of a laptop across an air gap may be wrong: a key or signature from the future is no fault.
quiet_gpg() {
  gpg --batch --no-tty --quiet --no-autostart --no-options --ignore-time-conflict --ignore-valid-from "$@"
}

# check_chain DIR: is each line a journal line that continues the one before it?
# Sets lines (how many), head (hash of the last) and whole (yes or no). Where it is whole, sets also what the
# last line says: who (the person), and above and below (text of the checkpoint around its hashes, in base64).
check_chain() {
  journal=./$1/journal.jsonl
  lines=0
  head=0000000000000000000000000000000000000000000000000000000000000000
  whole=no
  who=
  if [ ! -f "$journal" ] || [ ! -s "$journal" ]; then
    fail "$1/journal.jsonl: the journal is empty or missing"
    return
  fi
  rm -rf "$tmp/lines"
  mkdir "$tmp/lines"
  # Names that sort as the lines do, so that one sha256sum hashes all of them.
  name=10000000
  while IFS= read -r text; do
    name=$((name + 1))
    printf %s "$text" >"$tmp/lines/$name"
  done <"$journal"
  torn=$text
  (cd "$tmp/lines" && sha256sum -- *) >"$tmp/hashes" 2>/dev/null
  jq -n -R -r -f "$tmp/journal.jq" <"$journal" >"$tmp/links" 2>/dev/null
  wrong=0
  while read -r hash rest <&3; do
    read -r n prev <&4 || { n=-; prev=-; }
    if [ "$wrong" -gt 0 ]; then
      # What follows tells which of two lines was changed: it vouches for the one that it links to.
      [ "$prev" = "$head" ] && [ "$wrong" -gt 1 ] && wrong=$((wrong - 1))
      fail "$1/journal.jsonl: line $wrong was changed, or a line beside it was added or taken away"
      return
    fi
    lines=$((lines + 1))
    if [ "$n" = - ]; then
      fail "$1/journal.jsonl: line $lines is not a journal line"
      return
    fi
    if [ "$n" != "$lines" ]; then
      fail "$1/journal.jsonl: line $lines calls itself line $n"
      return
    fi
    [ "$prev" = "$head" ] || wrong=$lines
    head=$hash
  done 3<"$tmp/hashes" 4<"$tmp/links"
  if [ "$wrong" -gt 0 ]; then
    signed=$(sed -n 's/^head: //p' "./$1/checkpoint.txt" 2>/dev/null)
    [ "$signed" = "$head" ] && [ "$wrong" -gt 1 ] && wrong=$((wrong - 1))
    fail "$1/journal.jsonl: line $wrong was changed, or a line beside it was added or taken away"
  elif [ -n "$torn" ] || [ "$lines" -eq 0 ]; then
    fail "$1/journal.jsonl: line $((lines + 1)) has no end: it was cut off or its last byte was changed"
  else
    whole=yes
    # What journal.jq says last is about the last line.
    tail -n 1 "$tmp/links" >"$tmp/last"
    read -r above below who <"$tmp/last"
    who=$(printf %s "$who" | base64 -d)
    ok "$1/journal.jsonl  $lines lines, chain whole"
  fi
}

# check_checkpoint DIR: the checkpoint is exactly what the journal gives.
check_checkpoint() {
  if [ ! -f "./$1/checkpoint.txt" ]; then
    fail "$1/checkpoint.txt: there is none, so nobody has vouched for this journal"
    return
  fi
  [ "$whole" = yes ] || return
  {
    printf %s "$above" | base64 -d
    printf 'head: %s\nsha256: %s\n' "$head" "$(sha256 "./$1/journal.jsonl")"
    printf %s "$below" | base64 -d
  } >"$tmp/checkpoint"
  if [ "$(sha256 "$tmp/checkpoint")" = "$(sha256 "./$1/checkpoint.txt")" ]; then
    ok "$1/checkpoint.txt  covers all $lines lines"
    return
  fi
  all_sound=no
  said=$(sed -n 's/^lines: //p' "./$1/checkpoint.txt" | head -n 1)
  case $said in '' | *[!0-9]* | ????????*) said=$lines ;; esac
  if [ "$said" -lt "$lines" ]; then
    fail "$1/journal.jsonl: line $((said + 1)) and what follows was added after the checkpoint"
  elif [ "$said" -gt "$lines" ]; then
    fail "$1/journal.jsonl: line $((lines + 1)) and what follows was taken away after the checkpoint"
  elif [ "$(sed -n 's/^head: //p' "./$1/checkpoint.txt")" != "$head" ]; then
    fail "$1/journal.jsonl: line $lines is not the one that the checkpoint was made of"
  else
    fail "$1/checkpoint.txt: it says other things than the journal that it lies beside"
  fi
}

# value N TEXT: prints the Nth of the words in TEXT.
value() { printf '%s\n' "$2" | cut -d ' ' -f "$1"; }

# signer_of FILE SIGNATURE KEY: prints the fingerprint if it is exactly one good signature by that key.
signer_of() {
  rm -f "$tmp/ring"
  quiet_gpg --no-default-keyring --keyring "$tmp/ring" --import "$3" >/dev/null 2>&1 || return 1
  quiet_gpg --no-default-keyring --keyring "$tmp/ring" --status-fd 1 --verify "$2" "$1" >"$tmp/status" 2>/dev/null
  signatures=0
  signer=
  while read -r mark word values; do
    [ "$mark" = '[GNUPG:]' ] || continue
    case $word in
      NEWSIG) signatures=$((signatures + 1)) ;;
      BADSIG | ERRSIG | REVKEYSIG) return 1 ;;
      # Of the values, the ninth is the signature's class (00: over a file), the tenth the primary key.
      VALIDSIG) case $(value 9 "$values") in 00) signer=$(value 10 "$values") ;; esac ;;
    esac
  done <"$tmp/status"
  [ "$signatures" -eq 1 ] && [ -n "$signer" ] && printf '%s\n' "$signer"
}

# check_signatures DIR: all by keys of this folder, one of them by the station's own person.
check_signatures() {
  [ -f "./$1/checkpoint.txt" ] || return
  count=0
  own=no
  for signature in "./$1/checkpoint.txt."*.asc; do
    [ -f "$signature" ] || continue
    count=$((count + 1))
    signed_by=$(basename -- "$signature" .asc)
    signed_by=$(printf %s "$signed_by" | cut -c 16-)
    key=./keys/$signed_by.asc
    if [ ! -f "$key" ]; then
      fail "$1/checkpoint.txt.$signed_by.asc: there is no keys/$signed_by.asc"
    elif signer=$(signer_of "./$1/checkpoint.txt" "$signature" "$key"); then
      ok "$1/checkpoint.txt.$signed_by.asc  good signature by $signer"
      [ "$signer" = "$who" ] && own=yes
    else
      fail "$1/checkpoint.txt.$signed_by.asc: the signature does not fit this checkpoint and keys/$signed_by.asc"
    fi
  done
  if [ "$count" -eq 0 ]; then
    fail "$1/checkpoint.txt: nobody has signed it"
  elif [ "$own" = no ] && [ "$whole" = yes ] && [ -z "$who" ]; then
    fail "$1/checkpoint.txt: the journal does not say whose station it is, so nobody can have signed this as theirs"
  elif [ "$own" = no ] && [ "$whole" = yes ]; then
    fail "$1/checkpoint.txt: it is not signed by the person whose station it is ($who)"
  fi
}

stations=0
all_sound=yes
set --
for folder in ./*/; do
  station=$(basename -- "$folder")
  [ -e "./$station/journal.jsonl" ] || [ -e "./$station/checkpoint.txt" ] || continue
  stations=$((stations + 1))
  set -- "$@" "./$station/journal.jsonl"
  check_chain "$station"
  [ "$whole" = yes ] || all_sound=no
  check_checkpoint "$station"
  check_signatures "$station"
done

if [ "$stations" -eq 0 ]; then
  fail "there is no STATION/journal.jsonl here"
elif [ "$all_sound" = no ]; then
  say "note  messages, nonces and quorum were not compared, since a journal is not as it was signed"
else
  if jq -n -r -f "$tmp/compare.jq" "$@" >"$tmp/compared" 2>/dev/null; then
    tr -d '\000-\011\013-\037\177' <"$tmp/compared"
    while IFS= read -r text; do
      case $text in FAIL*) fails=$((fails + 1)) ;; esac
    done <"$tmp/compared"
  else
    fail "the journals could not be compared: a line does not hold what its event records"
  fi
fi

if [ "$fails" -eq 0 ]; then
  say "PASS: $stations stations. Every journal is whole, signed, and agrees with the others."
  exit 0
fi
say "FAIL: $fails of the checks above did not hold. Do not rely on this transcript."
exit 1
