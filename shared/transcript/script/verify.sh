#!/bin/sh
# Verifies the Airlock transcripts in the folder that this file lies in. Uses nothing of Airlock:
# only sh, coreutils (sha256sum and others), jq and gpg. Changes nothing. Needs no network.
#
#   sh verify.sh [--people FOLDER|FILE]
#
#   STATION/journal.jsonl           one event a line; "prev" is the SHA-256 of the line before
#   STATION/checkpoint.txt          line count, hash of the last line, SHA-256 of the journal, what it tells
#   STATION/checkpoint.txt.NAME.asc detached signature by NAME over the checkpoint
#   keys/NAME.asc                   public key of NAME
#   report.html, report.pdf, qr/    drawings, which nobody has signed
#
# --people names the people whom you know: a folder with their public keys (.asc), or a file with a line
# "FINGERPRINT NAME" for each. Without it the keys in this folder are taken for theirs.
#
# Each finding is a line "FAIL VERDICT CODE STATION LINE: SENTENCE"; "." and "-" where it is about no station
# or line. Exit code 0: proven. 3: incomplete (something is missing, nothing contradicts). 1: broken
# (something contradicts). 2: this script was not started as it must be.
set -u
LC_ALL=C
export LC_ALL
unset CDPATH

usage() {
  printf '%s\n' 'sh verify.sh [--people FOLDER|FILE]' >&2
  exit 2
}
people=
case $# in
  0) ;;
  2) [ "$1" = --people ] || usage
    case $2 in /*) people=$2 ;; *) people=$PWD/$2 ;; esac
    if [ ! -d "$people" ] && [ ! -f "$people" ]; then
      printf '%s\n' "There is no folder or file of people at $2." >&2
      exit 2
    fi ;;
  *) usage ;;
esac

for tool in sha256sum base64 od cmp jq gpg; do
  command -v "$tool" >/dev/null 2>&1 && continue
  printf '%s is not installed on this machine: install it and run this again.\n' "$tool" >&2
  exit 2
done

sha256() { sha256sum <"$1" | cut -d ' ' -f 1; }
self=$(sha256 "$0")
cd -- "$(dirname -- "$0")" || exit 2

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
mkdir -m 700 "$tmp/gpg" && mkdir "$tmp/rings" "$tmp/prints" "$tmp/stations" || exit 2
GNUPGHOME=$tmp/gpg
export GNUPGHOME

# The jq programs of this script.
cat >"$tmp/journal.jq" <<'PROGRAM'
@journal.jq@
PROGRAM
cat >"$tmp/plan.jq" <<'PROGRAM'
@plan.jq@
PROGRAM
cat >"$tmp/compare.jq" <<'PROGRAM'
@compare.jq@
PROGRAM

: >"$tmp/findings"
: >"$tmp/people"
# Names of files and text from journals may hold anything: only printable characters reach the terminal.
say() { printf '%s\n' "$*" | tr -d '\000-\011\013-\037\177'; }
ok() { say "ok    $*"; }
# fail VERDICT CODE STATION LINE SENTENCE. What a name brings along stays on the one line.
fail() {
  printf 'FAIL %s %s %s %s: %s' "$1" "$2" "$3" "$4" "$5" | tr -d '\000-\037\177' >>"$tmp/findings"
  printf '\n' >>"$tmp/findings"
}
# plain FILE: a regular file, and no link to one.
plain() { [ -f "$1" ] && [ ! -L "$1" ]; }

# The clock of a laptop across an air gap may be wrong: a key or signature from the future is no fault.
quiet_gpg() {
  gpg --batch --no-tty --quiet --no-autostart --no-options --ignore-time-conflict --ignore-valid-from "$@"
}

# --- What lies in the folder -----------------------------------------------------------------------------

# stray PATH: names what nothing accounts for. Links and special files are never opened.
stray() {
  path=${1#./}
  if [ -L "$1" ]; then
    fail broken special-file . - "$path is a symbolic link, and was not opened."
  elif [ -f "$1" ] || [ -d "$1" ]; then
    fail incomplete unknown-file . - "$path is no part of a transcript: nothing accounts for it."
  else
    fail broken special-file . - "$path is a pipe, a device or a socket, and was not opened."
  fi
}

# is_here PATH: something of that name is there, be it a link that leads nowhere.
is_here() { [ -e "$1" ] || [ -L "$1" ]; }

# is_named PATH: the name at its end is text that every program reads alike: UTF-8, no control character.
is_named() {
  case ${1##*/} in
    *[[:cntrl:]]* | *"$unreadable"*) return 1 ;;
    *[!\ -~]*) [ -z "$(printf '%s\n' "${1##*/}" | no_text)" ] ;;
  esac
}
# What programs show where a name is no text.
unreadable=$(printf '\357\277\275')
# no_text: the number of the first line that is not UTF-8, or has a NUL.
byte=$(printf '[\200-\277]')
no_text() {
  tr '\000' '\377' | sed -e "s/$(printf '[\302-\337]')$byte/x/g" -e "s/$(printf '\340[\240-\277]')$byte/x/g" \
    -e "s/$(printf '\355[\200-\237]')$byte/x/g" -e "s/$(printf '[\341-\354\356\357]')$byte$byte/x/g" \
    -e "s/$(printf '\360[\220-\277]')$byte$byte/x/g" -e "s/$(printf '[\361-\363]')$byte$byte$byte/x/g" \
    -e "s/$(printf '\364[\200-\217]')$byte$byte/x/g" | grep -n "$(printf '[\200-\377]')" | head -n 1 | cut -d : -f 1
}

# is_station FOLDER: it holds a journal or a checkpoint.
is_station() {
  [ -d "$1" ] && [ ! -L "$1" ] && is_named "$1" || return 1
  case $1 in ./keys | ./qr | ./.*) return 1 ;; esac
  is_here "$1/journal.jsonl" || is_here "$1/checkpoint.txt"
}

# check_files FOLDER KIND: are all files in it of those that belong there?
check_files() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    is_here "$entry" || continue
    if plain "$entry" && is_named "$entry"; then
      case $2:${entry#"$1/"} in
        *:.* | station:checkpoint.txt..*) ;;
        keys:*.asc | qr:*.png | station:journal.jsonl | station:checkpoint.txt | station:checkpoint.txt.?*.asc) continue ;;
        top:verify.sh) continue ;;
        top:report.html | top:report.pdf) drawings=yes; continue ;;
      esac
    elif [ "$2" = top ] && [ ! -L "$entry" ] && [ -d "$entry" ]; then
      case $entry in ./keys) continue ;; ./qr) drawings=yes; continue ;; esac
      is_station "$entry" && continue
    fi
    stray "$entry"
  done
}

# --- Journals and checkpoints ----------------------------------------------------------------------------

# check_chain STATION: is each line a journal line that continues the one before it? Sets lines (how many),
# head (hash of the last) and whole (yes or no). Where it is whole, sets also what the last line says: who
# (the person), label (the station), and above and below (text of the checkpoint around its hashes, in
# base64).
check_chain() {
  journal=./$1/journal.jsonl
  lines=0
  head=0000000000000000000000000000000000000000000000000000000000000000
  whole=no
  who=
  label=
  if ! plain "$journal" || [ ! -s "$journal" ]; then
    fail incomplete no-journal "$1" - "There is no journal, or it is empty."
    return
  fi
  version=v2
  if plain "./$1/checkpoint.txt"; then
    [ "$(head -n 1 "./$1/checkpoint.txt" | tr -d '\000')" = 'Airlock checkpoint v1' ] && version=v1
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
  jq -n -R -r --arg version "$version" -f "$tmp/journal.jq" <"$journal" >"$tmp/links" 2>/dev/null
  # jq and the shell pass over bytes that are no text.
  unclean=$(no_text <"$journal")
  [ -z "$unclean" ] || torn=yes
  wrong=0
  while read -r hash rest <&3; do
    read -r n prev <&4 || { n=-; prev=-; }
    [ "$((lines + 1))" != "$unclean" ] || { n=-; prev=-; }
    if [ "$wrong" -gt 0 ]; then
      # What follows tells which of two lines was changed: it vouches for the one that it links to.
      [ "$prev" = "$head" ] && [ "$wrong" -gt 1 ] && wrong=$((wrong - 1))
      changed_line "$1" "$wrong"
      return
    fi
    lines=$((lines + 1))
    if [ "$n" = - ]; then
      fail broken changed-line "$1" "$lines" "Line $lines is not as Airlock writes it."
      return
    fi
    if [ "$n" != "$lines" ]; then
      fail broken changed-line "$1" "$lines" "Line $lines calls itself line $n: it was changed, or a line was added or taken away."
      return
    fi
    [ "$prev" = "$head" ] || wrong=$lines
    head=$hash
  done 3<"$tmp/hashes" 4<"$tmp/links"
  if [ "$wrong" -gt 0 ]; then
    signed=
    plain "./$1/checkpoint.txt" && signed=$(sed -n 's/^head: //p' "./$1/checkpoint.txt" 2>/dev/null)
    [ "$signed" = "$head" ] && [ "$wrong" -gt 1 ] && wrong=$((wrong - 1))
    changed_line "$1" "$wrong"
  elif [ -n "$torn" ] || [ "$lines" -eq 0 ]; then
    fail broken changed-line "$1" "$((lines + 1))" "Line $((lines + 1)) has no end: it was cut off or its last byte was changed."
  else
    whole=yes
    # What journal.jq says last is about the last line.
    tail -n 1 "$tmp/links" >"$tmp/last"
    read -r above below who label <"$tmp/last"
    who=$(printf %s "$who" | base64 -d)
    label=$(printf %s "$label" | base64 -d)
    ok "$1/journal.jsonl  $lines lines, chain whole"
  fi
}

changed_line() {
  fail broken changed-line "$1" "$2" "Line $2 was changed, or a line beside it was added or taken away."
}

# has_form FILE: is it a checkpoint in the form that Airlock writes?
has_form() {
  [ "$(tr -dc '\000' <"$1" | wc -c)" -eq 0 ] && [ -z "$(tail -c 1 "$1")" ] || return 1
  n=0
  while IFS= read -r text; do
    n=$((n + 1))
    case $n:$text in
      '1:Airlock checkpoint v1') form=v1 ;;
      '1:Airlock checkpoint v2') form=v2 ;;
      '3:station: '?* | '7:rehearsal: yes' | '7:rehearsal: no') ;;
      2:* | 4:* | 5:* | 6:*)
        case $n in
          2) pattern='^ceremony: \([0-9a-f]\{32\}\|none\)$' ;;
          4) pattern='^lines: [1-9][0-9]\{0,6\}$' ;;
          5) pattern='^head: [0-9a-f]\{64\}$' ;;
          6) pattern='^sha256: [0-9a-f]\{64\}$' ;;
        esac
        printf '%s\n' "$text" | grep -q "$pattern" || return 1 ;;
      8:events:) [ "$form" = v2 ] || return 1 ;;
      [1-8]:*) return 1 ;;
      *:'  '?*) ;;
      *) return 1 ;;
    esac
  done <"$1"
  case $form in v1) [ "$n" -eq 7 ] ;; *) [ "$n" -gt 8 ] ;; esac
}

# check_checkpoint STATION: the checkpoint is exactly what the journal gives.
check_checkpoint() {
  checkpoint=./$1/checkpoint.txt
  if ! plain "$checkpoint"; then
    fail incomplete no-checkpoint "$1" - "There is no checkpoint.txt: nobody has vouched for this journal."
    return
  fi
  if ! has_form "$checkpoint"; then
    all_sound=no
    fail broken bad-checkpoint "$1" - "This is not a checkpoint in the form that Airlock writes: it was changed, or it is another file."
    return
  fi
  [ "$whole" = yes ] || return
  {
    printf %s "$above" | base64 -d
    printf 'head: %s\nsha256: %s\n' "$head" "$(sha256 "./$1/journal.jsonl")"
    printf %s "$below" | base64 -d
  } >"$tmp/checkpoint"
  if cmp -s "$tmp/checkpoint" "$checkpoint"; then
    ok "$1/checkpoint.txt  covers all $lines lines"
    return
  fi
  all_sound=no
  said=$(sed -n 's/^lines: //p' "$checkpoint" | head -n 1)
  if [ "$said" -ne "$lines" ]; then
    least=$lines
    [ "$said" -lt "$lines" ] && least=$said
    fail broken checkpoint-differs "$1" "$((least + 1))" "The checkpoint covers $said lines, and the journal has $lines: lines were added or taken away after it was signed."
  elif [ "$(sed -n 's/^head: //p' "$checkpoint" | head -n 1)" != "$head" ]; then
    fail broken changed-line "$1" "$lines" "Line $lines is not the one that the checkpoint was made of."
  else
    fail broken checkpoint-differs "$1" - "The checkpoint says other things than the journal that it lies beside."
  fi
}

# --- Keys and signatures ---------------------------------------------------------------------------------

# octal NUMBER: a byte as printf wants it.
octal() { printf '\\%03o' "$1"; }

# crc24 FILE: the checksum of armored text, in base64 (RFC 4880, 6.1).
crc24() {
  crc=11994318
  for byte in $(od -A n -v -t u1 "$1"); do
    crc=$((crc ^ byte << 16))
    for _ in 1 2 3 4 5 6 7 8; do
      crc=$((crc << 1))
      [ "$crc" -lt 16777216 ] || crc=$((crc ^ 25578747))
    done
  done
  # shellcheck disable=SC2059 # These are the three bytes.
  printf "$(octal $((crc >> 16)))$(octal $((crc >> 8 & 255)))$(octal $((crc & 255)))" | base64
}

# unarmor KIND FILE: writes to $tmp/binary what is in the armored text, if that is exactly in the form that
# Airlock writes: no header, lines of 60, a checksum, nothing before or after. Not more than 64 KiB: each
# byte of it takes its time here.
unarmor() {
  [ "$(wc -c <"$2")" -le 65536 ] || return 1
  sed -e '1,2d' -e '/^=/,$d' "$2" | base64 -d >"$tmp/binary" 2>/dev/null || return 1
  [ -s "$tmp/binary" ] || return 1
  {
    printf -- '-----BEGIN PGP %s-----\n\n' "$1"
    base64 -w 60 <"$tmp/binary"
    printf -- '=%s\n-----END PGP %s-----\n' "$(crc24 "$tmp/binary")" "$1"
  } | cmp -s - "$2"
}

# is_plain_signature FILE: is $tmp/binary one signature over a file that holds nothing it does not cover
# itself? gpg accepts more: other data beside it, a wrong length of a number, a wrong beginning of the digest.
is_plain_signature() {
  signed_file=$1
  # shellcheck disable=SC2046 # These are the bytes, one a word.
  set -- $(od -A n -v -t u1 "$tmp/binary")
  [ $# -gt 12 ] && [ "$1" -eq 194 ] || return 1
  if [ "$2" -lt 192 ]; then
    length=$2
    begin=3
  elif [ "$2" -lt 224 ]; then
    length=$((($2 - 192) * 256 + $3 + 192))
    begin=4
  else
    return 1
  fi
  shift $((begin - 1))
  [ $# -eq "$length" ] && [ $# -gt 12 ] && [ "$1" -eq 4 ] && [ "$2" -eq 0 ] || return 1
  case $4 in 8) sum=sha256sum ;; 9) sum=sha384sum ;; 10) sum=sha512sum ;; *) return 1 ;; esac
  covered=$(($5 * 256 + $6 + 6))
  [ $# -gt $((covered + 4)) ] || return 1
  shift "$covered"
  [ "$1" -eq 0 ] && [ "$2" -eq 0 ] || return 1
  said=$(printf '%02x%02x' "$3" "$4")
  shift 4
  while [ $# -gt 0 ]; do
    [ $# -gt 2 ] || return 1
    bits=$(($1 * 256 + $2))
    bytes=$(((bits + 7) / 8 + 2))
    [ "$bits" -gt 0 ] && [ $(($3 >> (bits - 1) % 8)) -eq 1 ] && [ $# -ge "$bytes" ] || return 1
    shift "$bytes"
  done
  digest=$({
    cat "$signed_file"
    tail -c "+$begin" "$tmp/binary" | head -c "$covered"
    # shellcheck disable=SC2059 # The last six bytes that the signature covers.
    printf "\\004\\377\\000\\000$(octal $((covered / 256)))$(octal $((covered % 256)))"
  } | $sum | cut -c 1-4)
  [ "$digest" = "$said" ]
}

# print_of FILE: the fingerprint, if there is exactly one public key in it and no secret one.
print_of() {
  quiet_gpg --with-colons --show-keys "$1" >"$tmp/colons" 2>/dev/null || return 1
  print=
  count=0
  while IFS=: read -r kind _ _ _ _ _ _ _ _ value _; do
    case $kind in
      sec | ssb) return 1 ;;
      pub) count=$((count + 1)) ;;
      fpr) [ -n "$print" ] || print=$value ;;
    esac
  done <"$tmp/colons"
  [ "$count" -eq 1 ] && [ "${#print}" -eq 40 ] && printf '%s\n' "$print"
}

# person FINGERPRINT: sets sha, role, now and called, as the plan has them; called is empty where it has not.
person() {
  called=
  while read -r print sha role now called; do
    [ "$print" = "$1" ] && return
  done <"$tmp/people"
  sha=-
  called=
  return 1
}

check_keys() {
  [ -d ./keys ] && [ ! -L ./keys ] || return
  for key in ./keys/*.asc; do
    { plain "$key" && is_named "$key"; } || continue
    name=${key#./keys/}
    name=${name%.asc}
    file=keys/$name.asc
    if ! unarmor 'PUBLIC KEY BLOCK' "$key" || ! fingerprint=$(print_of "$key") ||
      ! quiet_gpg --no-default-keyring --keyring "$tmp/rings/$fingerprint" --import "$key" >/dev/null 2>&1; then
      fail broken bad-key . - "$file is not exactly one public key, in the form that Airlock writes."
      continue
    fi
    for other in "$tmp/prints"/*; do
      [ -f "$other" ] && [ "$(cat "$other")" = "$fingerprint" ] &&
        fail broken same-key . - "$file is the same key as keys/${other#"$tmp/prints/"}.asc."
    done
    printf '%s\n' "$fingerprint" >"$tmp/prints/$name"
    [ -s "$tmp/people" ] || continue
    if ! person "$fingerprint"; then
      fail broken unknown-key . - "$file is the key of nobody in the plan: $fingerprint."
    elif [ "$sha" != - ] && [ "$sha" != "$(sha256 "$key")" ]; then
      fail broken bad-key . - "$file is not the file that the plan names for $called."
    fi
  done
}

# Everyone of the last plan has a key here.
check_missing_keys() {
  while read -r print sha role now called; do
    [ "$now" = now ] || continue
    cat "$tmp/prints"/* 2>/dev/null | grep -qxF -e "$print" ||
      fail incomplete missing-key . - "The key of $called is missing: $print."
  done <"$tmp/people"
}

# Whoever is in a plan, or has a station here, is one of those that were named by --people.
check_pins() {
  : >"$tmp/pins"
  if [ -d "$people" ]; then
    for key in "$people"/*.asc; do
      plain "$key" || continue
      print_of "$key" >>"$tmp/pins" || {
        printf '%s\n' "$key is not one public key." >&2
        exit 2
      }
    done
  else
    grep -v '^[[:space:]]*\(#.*\)\{0,1\}$' "$people" >"$tmp/given"
    if grep -qv '^[0-9A-Fa-f]\{40\}\([[:space:]].*\)\{0,1\}$' "$tmp/given"; then
      printf '%s\n' "A line of $people does not begin with a fingerprint of 40 digits." >&2
      exit 2
    fi
    cut -c 1-40 "$tmp/given" | tr a-f A-F >"$tmp/pins"
  fi
  if [ ! -s "$tmp/pins" ]; then
    printf '%s\n' "$people names nobody." >&2
    exit 2
  fi
}

compare_pins() {
  : >"$tmp/others"
  for station in "$tmp/stations"/*; do
    [ -f "$station" ] || continue
    {
      read -r print
      read -r folder
    } <"$station"
    [ -n "$print" ] || continue
    person "$print" && continue
    grep -q "^$print " "$tmp/others" || printf '%s - - - The person at the station in %s\n' "$print" "$folder" >>"$tmp/others"
  done
  cat "$tmp/people" "$tmp/others" >"$tmp/everyone"
  while read -r print sha role now called; do
    grep -qxF -e "$print" "$tmp/pins" ||
      fail broken not-pinned . - "$called isn’t one of the people you named: $print."
  done <"$tmp/everyone"
}

# value N TEXT: prints the Nth of the words in TEXT.
value() { printf '%s\n' "$2" | cut -d ' ' -f "$1"; }

# signer_of FILE SIGNATURE RING: prints the fingerprint if it is exactly one good signature by that key.
signer_of() {
  unarmor SIGNATURE "$2" && is_plain_signature "$1" || return 1
  quiet_gpg --no-default-keyring --keyring "$3" --status-fd 1 --verify "$2" "$1" >"$tmp/status" 2>/dev/null
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

# check_signatures STATION WHOLE WHO LABEL: by its owner, by every witness of the plan, and by one other
# person at least. Who signed is told by the fingerprint; names of files do not count.
check_signatures() {
  plain "./$1/checkpoint.txt" || return
  count=0
  : >"$tmp/signers"
  for signature in "./$1/checkpoint.txt."[!.]*.asc; do
    { plain "$signature" && is_named "$signature"; } || continue
    count=$((count + 1))
    signed_by=${signature#"./$1/checkpoint.txt."}
    signed_by=${signed_by%.asc}
    if [ ! -f "$tmp/prints/$signed_by" ]; then
      fail incomplete no-key "$1" - "There is a signature by $signed_by, and no key of that name in keys/ that can be used."
    elif signer=$(signer_of "./$1/checkpoint.txt" "$signature" "$tmp/rings/$(cat "$tmp/prints/$signed_by")"); then
      ok "$1/checkpoint.txt.$signed_by.asc  good signature by $signer"
      printf '%s\n' "$signer" >>"$tmp/signers"
    else
      fail broken bad-signature "$1" - "The signature of $signed_by does not fit this checkpoint and the key in keys/."
    fi
  done
  person "$3" || called=$4
  owner=${called:-$1}
  if [ "$count" -eq 0 ]; then
    fail incomplete no-signature "$1" - "Nobody has signed the journal of $owner."
    return
  fi
  [ "$2" = yes ] || return
  if [ -z "$3" ]; then
    fail incomplete own-signature-missing "$1" - "The journal does not say whose station it is, so nobody can have signed its checkpoint as theirs."
  elif ! grep -qxF -e "$3" "$tmp/signers"; then
    fail incomplete own-signature-missing "$1" - "$owner has not signed their own journal."
  fi
  witnesses=0
  while read -r print sha role now called; do
    [ "$now:$role" = now:witness ] || continue
    [ "$print" != "$3" ] || continue
    grep -qxF -e "$print" "$tmp/signers" && continue
    witnesses=$((witnesses + 1))
    fail incomplete witness-missing "$1" - "$called, witness, has not signed the journal of $owner."
  done <"$tmp/people"
  [ "$witnesses" -eq 0 ] || return
  while read -r signer; do
    [ "$signer" != "$3" ] || continue
    [ ! -s "$tmp/people" ] || person "$signer" || continue
    return
  done <"$tmp/signers"
  fail incomplete no-other-signature "$1" - "Nobody but its owner has signed the journal of $owner."
}

# --- What witnesses signed in the middle -------------------------------------------------------------------

# check_statements JOURNAL...: each statement is signed by whom it names, exactly as it says, and that is a
# witness of the plan.
check_statements() {
  { cat "$tmp/plan.jq"; printf 'entries | statements\n'; } >"$tmp/statements.jq"
  jq -n -r -f "$tmp/statements.jq" "$@" >"$tmp/statements" 2>/dev/null || : >"$tmp/statements"
  while read -r folder n by signature text name; do
    folder=$(printf %s "$folder" | base64 -d)
    name=$(printf %s "$name" | base64 -d)
    if [ -s "$tmp/people" ] && ! { person "$by" && [ "$role" = witness ]; }; then
      fail broken not-witness "$folder" "$n" "$name signed as a witness, and is none in the plan."
    elif [ ! -f "$tmp/rings/$by" ]; then
      fail incomplete no-key "$folder" "$n" "There is a statement by $name, and no key of theirs in keys/ that can be used."
    else
      printf %s "$text" | base64 -d >"$tmp/statement"
      printf %s "$signature" | base64 -d >"$tmp/given"
      base64 -d <"$tmp/given" >"$tmp/binary" 2>/dev/null
      {
        printf -- '-----BEGIN PGP SIGNATURE-----\n\n'
        base64 -w 60 <"$tmp/binary"
        printf -- '=%s\n-----END PGP SIGNATURE-----\n' "$(crc24 "$tmp/binary")"
      } >"$tmp/statement.asc"
      if base64 -w 0 <"$tmp/binary" | cmp -s - "$tmp/given" &&
        signer=$(signer_of "$tmp/statement" "$tmp/statement.asc" "$tmp/rings/$by") && [ "$signer" = "$by" ]; then
        ok "$folder $n  $name signed for what they witnessed"
      else
        fail broken bad-statement "$folder" "$n" "The signature of $name does not fit this statement."
      fi
    fi
  done <"$tmp/statements"
}

# --- All of it -------------------------------------------------------------------------------------------

say "This script: SHA-256 $self"
[ -z "$people" ] || check_pins
drawings=no
check_files . top
for folder in ./keys ./qr; do
  [ -d "$folder" ] && [ ! -L "$folder" ] && check_files "$folder" "${folder#./}"
done

stations=0
all_sound=yes
set --
for folder in ./*; do
  is_station "$folder" || continue
  station=${folder#./}
  check_files "$folder" station
  stations=$((stations + 1))
  check_chain "$station"
  check_checkpoint "$station"
  if [ "$whole" = yes ]; then
    set -- "$@" "./$station/journal.jsonl"
    printf '%s\n%s\n%s\n' "$who" "$station" "$label" >"$tmp/stations/$((10000 + stations))"
  else
    all_sound=no
  fi
done

if [ $# -gt 0 ]; then
  { cat "$tmp/plan.jq"; printf 'entries | people\n'; } >"$tmp/people.jq"
  jq -n -r -f "$tmp/people.jq" "$@" >"$tmp/people" 2>/dev/null || : >"$tmp/people"
fi
check_keys
check_missing_keys
[ -z "$people" ] || compare_pins

n=0
for folder in ./*; do
  is_station "$folder" || continue
  n=$((n + 1))
  whole=no
  who=
  label=
  if [ -f "$tmp/stations/$((10000 + n))" ]; then
    whole=yes
    {
      read -r who
      read -r station
      read -r label
    } <"$tmp/stations/$((10000 + n))"
  fi
  check_signatures "${folder#./}" "$whole" "$who" "$label"
done

if [ "$stations" -eq 0 ]; then
  fail incomplete no-station . - "There is no journal here: a transcript has a folder for each station, with a journal.jsonl in it."
elif [ "$all_sound" = no ]; then
  say "note  messages, nonces and quorum were not compared, since a journal is not as it was signed"
else
  cat "$tmp/plan.jq" "$tmp/compare.jq" >"$tmp/comparing.jq"
  if jq -n -r -f "$tmp/comparing.jq" "$@" >"$tmp/compared" 2>/dev/null; then
    grep '^FAIL ' "$tmp/compared" >>"$tmp/findings"
    grep -v '^FAIL ' "$tmp/compared" | tr -d '\000-\011\013-\037\177'
  else
    fail broken changed-line . - "The journals could not be compared: a line does not hold what its event records."
  fi
  check_statements "$@"
fi
[ "$drawings" = no ] || say "note  report.html and qr/ are drawings, no evidence: nobody has signed them"

# First that a root token may be alive, then what contradicts, then what is missing.
grep '^FAIL [a-z]* not-revoked ' "$tmp/findings"
grep '^FAIL broken ' "$tmp/findings"
grep '^FAIL incomplete ' "$tmp/findings" | grep -v '^FAIL [a-z]* not-revoked '
broken=$(grep -c '^FAIL broken ' "$tmp/findings")
incomplete=$(grep -c '^FAIL incomplete ' "$tmp/findings")

things() { if [ "$1" -eq 1 ]; then printf '1 thing'; else printf '%s things' "$1"; fi; }
by='by the keys in this folder'
[ -z "$people" ] || by='by the people you named'
if [ "$broken" -gt 0 ]; then
  say "Broken: $(things "$broken") contradicting, $(things "$incomplete") missing, $by."
  exit 1
elif [ "$incomplete" -gt 0 ]; then
  say "Incomplete: $(things "$incomplete") missing, and nothing contradicts, $by."
  exit 3
fi
say "Proven: nothing is missing and everything fits, $by."
