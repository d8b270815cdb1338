# Compares the lines of all journals with each other. Run, after plan.jq, as `jq -n -r` over every
# journal.jsonl. It prints lines of text: "ok" for what fits, "FAIL VERDICT CODE STATION LINE: SENTENCE" for
# what is missing (incomplete) or does not fit (broken), "note" for what an auditor should read.

def fail($entry; $verdict; $code; $text): "FAIL \($verdict) \($code) \($entry.dir) \($entry.n // "-"): \($text)" | clean;
def failall(f; $code; $text): .[] | select(f) | fail(.; "broken"; $code; $text);
def named($names): . as $event | $names | any(. == $event);
# Who gave the share of an intent. "": it came as a plain value. null: it has a name on it, and no share
# message of that person came in at this station before.
def giver($received): . as $intent
  | if .data.custodian == "" or ($received | any(.dir == $intent.dir and .n < $intent.n and .data.type == "share"
      and .data.digest == $intent.data.digest and .data.from == $intent.data.custodian)) then .data.custodian
    else null end;
# The same. Where a plan was agreed on, a person who is no custodian in it counts as null.
def giver($received; $agreed; $custodians): giver($received) as $giver
  | if $agreed and $giver != "" and ($custodians | any(. == $giver) | not) then null else $giver end;
# A station waits with one share (pending) until its outcome is on record, and counts it then (given).
def count($dir): .pending[$dir].giver as $giver
  | (if $giver == null then . else .given[$dir] += [$giver] end)
  | del(.pending[$dir]);
# A share whose outcome is not on record counts where the server answered, or where a message names its giver.
def settle($dir): if .pending[$dir] != null and (.pending[$dir].answered or (.pending[$dir].giver // "") != "")
  then count($dir) else . end;

entries
| . as $all
| ([.[] | select(.ceremony != "") | .ceremony][0] // "") as $ceremony
| ([.[] | select(.event == "message-sent")]) as $sent
| ([.[] | select(.event == "message-received")]) as $received
| ([.[] | select(.event == "message-refused")]) as $refused
| ([.[] | select(.event == "message-withdrawn")]) as $withdrawn
| ([.[] | select(.event | named(["attempt-started", "attempt-joined"])) | .data.nonce]) as $opened
| ([.[] | select(.event | named(["attempt-cancelled", "share-released", "share-submit-intent",
     "share-submitted", "answer-received", "answer-lost", "token-decoded"])) | select(.data.nonce != "")]) as $mentioned
| ([.[] | select(.event | named(["attempt-started", "attempt-joined", "share-submitted"]))]) as $counted
| plans as $plans
| ($plans | length > 0) as $agreed
| ($plans | everyone) as $roster
| ([$roster[] | select(.role == "custodian") | .fingerprint]) as $custodians
# Whose station each folder is, and who took part, by the journals of others, and has none.
| (reduce .[] as $entry ({}; .[$entry.dir] = $entry.who)) as $owners
| ([$owners[]]) as $here
| ([$received[] | select(.data.type | named(["identity", "station", "checkpoint", "signature", "witness"]) | not) | .data.from]
   + [.[] | select(.event == "share-submit-intent") | .data.custodian]) as $active
| ([$roster | latest[] | .fingerprint as $f | select(($here | any(. == $f) | not) and ($active | any(. == $f)))]) as $missing
| (if $agreed and ($missing | length) == 0 then "broken" else "incomplete" end) as $unlessmissing
|
# A token whose end nobody proved.
([$all[] | select(.event == "share-submitted" and .data.complete)] as $made
  | ($made + [$all[] | select(.event == "answer-lost") | .data.nonce as $nonce
      | select($made | any(.data.nonce == $nonce) | not)]) as $ends
  | (if ($ends | length) > 0 then $ends else [$all[] | select(.event == "token-decoded")][:1] end) as $known
  | ([$all[] | select(.event == "token-revoked" and .data.proof != "") | .data.accessor // "\(.dir) \(.n)"] | unique | length) as $proofs
  | if ($known | map(.data.nonce) | unique | length) > $proofs then
      ([$all[] | select(.event == "plan-taken")][0].data.tokenKind // "root") as $kind
      | ({dr: ["A DR operation token", "was deleted"], recovery: ["A recovery token", "has ended"]}[$kind]
        // ["A root token", "was revoked"]) as $words
      | fail($known[-1]; "incomplete"; "not-revoked"; "\($words[0]) \(if $known[-1].event == "answer-lost" then "may have been" else "was" end) made, and no journal here has the proof that it \($words[1]).")
    else empty end),

# The plan is the officer's journal's alone. Whoever took part is in it, and has a folder here.
(if $agreed | not then
    fail({dir: "."}; "incomplete"; "no-plan"; "The officer’s folder is missing, or has no plan in it: who should have taken part is not known.")
  else
    ($all[] | select(.event == "plan-agreed" and .dir != $plans[0].dir) | .data as $data
      | select($plans | any(.data == $data) | not)
      | fail(.; "broken"; "plan-differs"; "This plan is not the one in the officer’s journal, which alone counts.")),
    ($plans | map(.data | plan_without_keys)) as $shown
    | ($all[] | select(.event == "plan-taken") | (.data | plan_without_keys) as $data
      | select($shown | any(. == $data) | not)
      | fail(.; "broken"; "plan-differs"; "The plan that this station took in is not in the officer’s journal.")),
    ($owners | to_entries[] | select(.value != "") | .value as $who | select($roster | any(.fingerprint == $who) | not)
      | fail({dir: .key}; "broken"; "stranger"; "This station is of a person who is not in the officer’s plan."))
  end),
($missing[] | fail({dir: "."}; "incomplete"; "missing-station"; "The folder of \(.name) is missing.")),

# All lines are of one ceremony and have one rehearsal mark. No station turns into another.
failall(.ceremony != "" and .ceremony != $ceremony; "other-ceremony"; "This line belongs to another ceremony than the others."),
failall(.who == ""; "no-person"; "This line does not say whose it is."),
failall(.rehearsal != $all[0].rehearsal; "rehearsal-mixed"; "Some lines are marked as a rehearsal and others are not."),
([range(1; length) as $i | select($all[$i].dir == $all[$i - 1].dir) | [$all[$i - 1], $all[$i]]] | .[]
  | select(.[0].station != .[1].station or .[0].who != .[1].who
      or (.[0].ceremony != "" and .[0].ceremony != .[1].ceremony))
  | fail(.[1]; "broken"; "origin-changes"; "This line is by another station or person, or of another ceremony.")),
([.[] | select(.n == 2)] | group_by(.prev) | .[] | . as $same | range(1; length) as $i
  | fail($same[$i]; "broken"; "same-journal"; "This is the same journal as that of \($same[$i - 1].dir).")),

# Every message is on record at both ends.
($sent[] | select(.data.type | named(["identity", "station", "checkpoint", "signature", "log", "witness"]) | not)
  | . as $s
  | select($received + $refused | any(.dir != $s.dir and .data.type == $s.data.type and .data.digest == $s.data.digest) | not)
  | select($withdrawn | any(.dir == $s.dir and .data.digest == $s.data.digest) | not)
  | fail(.; "incomplete"; "not-received"; "The \(.data.type) message \(.data.digest) was sent, and no other station here received or refused it.")),
($received[] | select(.data.type | named(["station", "checkpoint", "signature", "witness"]) | not)
  | . as $r
  | [$sent[] | select(.dir != $r.dir and .data.type == $r.data.type and .data.digest == $r.data.digest)] as $senders
  | if ($senders | length) == 0 then
      if $missing | any(.fingerprint == $r.data.from) then empty
      elif $here | any(. == $r.data.from) then
        fail(.; "broken"; "not-sent"; "The \(.data.type) message \(.data.digest) was received, and the journal of the person who signed it does not have it.")
      else fail(.; "incomplete"; "unaccounted"; "The \(.data.type) message \(.data.digest) was received, and no other station here sent it.")
      end
    elif ($senders | any(.who == $r.data.from)) then empty
    else fail(.; "broken"; "wrong-sender"; "The \(.data.type) message \(.data.digest) was received as signed by \(.data.from), and another person sent it.")
    end),

# Every attempt that a line names was started or joined here.
($mentioned[]
  | if ($opened | length) > 0 then
      (.data.nonce as $nonce | select($opened | any(. == $nonce) | not)
        | fail(.; $unlessmissing; "other-nonce"; "This nonce is of an attempt that no station here started or joined."))
    else
      (select(.data.nonce != $mentioned[0].data.nonce) | fail(.; $unlessmissing; "other-nonce"; "This nonce is another one than that of the other lines."))
    end),

# Each effect has an intent before it.
(["attempt-intent", "attempt-started"], ["share-submit-intent", "share-submitted"], ["revoke-intent", "token-revoked"]
  | . as [$intent, $effect]
  | foreach $all[] as $entry ({open: {}, bad: null};
      .bad = null
      | if $entry.event == $intent then .open[$entry.dir] = true
        elif $entry.event == "share-rejected" and $effect == "share-submitted" then .open[$entry.dir] = false
        elif $entry.event == $effect then
          if .open[$entry.dir] then .open[$entry.dir] = false else .bad = $entry end
        else . end;
      select(.bad != null) | fail(.bad; "broken"; "no-intent"; "There is no line \($intent) before this \($effect)."))),

# A share with a name on it came in a message of that person.
($all[] | select(.event == "share-submit-intent") | select(giver($received) == null)
  | fail(.; "broken"; "no-share-message"; "This share is on record as that of a person whose share message this station had not taken in.")),

# Where an attempt ended, as many custodians as the server asked for gave their shares.
([$counted[] | .data.nonce] | unique | .[]
  | . as $nonce
  | [$counted[] | select(.data.nonce == $nonce)] as $same
  | $same[0].data.required as $required
  | [$same[] | select(.data.required != $required)] as $other
  | [$all[] | select(.data.nonce == $nonce)
      | select((.event == "share-submitted" and .data.complete) or .event == "token-decoded")] as $ends
  | if ($other | length) > 0 then
      fail($other[0]; "broken"; "quorum"; "The number of shares that this attempt needs is not the same everywhere.")
    elif ($ends | length) == 0 then "ok    attempt \($nonce | clean): no token was made"
    else
      (reduce ($all[], null) as $entry ({pending: {}, given: {}};
        if $entry == null then reduce (.pending | keys[]) as $dir (.; settle($dir))
        elif $entry.event == "share-submit-intent" then
          settle($entry.dir)
          | if $entry.data.nonce == $nonce then .pending[$entry.dir] = {giver: ($entry | giver($received; $agreed; $custodians)),
              answered: false}
            else del(.pending[$entry.dir]) end
        elif $entry.event == "share-rejected" and $entry.data.unsure == true then .
        elif $entry.event == "share-rejected" then
          # Where the server threw away all shares that it had, everyone releases theirs again.
          (if .pending[$entry.dir] != null and $entry.data.reset == true then del(.given[$entry.dir]) else . end)
          | del(.pending[$entry.dir])
        elif $entry.event == "answer-received" and $entry.data.nonce == $nonce and .pending[$entry.dir] != null then
          .pending[$entry.dir].answered = true
        elif $entry.event == "attempt-changed" and $entry.data.expected == $nonce and .pending[$entry.dir].answered then
          del(.pending[$entry.dir])
        elif $entry.event == "share-submitted" and $entry.data.nonce == $nonce then count($entry.dir)
        else . end)
        | [.given[][]] | (map(select(. != "")) | unique | length) + (map(select(. == "")) | length)) as $count
      | if $count < $required then
          fail($ends[0]; $unlessmissing; "quorum"; "This attempt needed \($required) shares, and only \($count) custodians are on record.")
        else "ok    attempt \($nonce | clean): \($count) custodians, \($required) needed"
        end
    end),

# Where a plan was agreed on, shares are of its custodians.
($all[] | select($agreed and .event == "share-submit-intent" and .data.custodian != "")
  | .data.custodian as $custodian | select($custodians | any(. == $custodian) | not)
  | if $roster | any(.fingerprint == $custodian) then
      fail(.; "broken"; "not-custodian"; "This share is of a person who is in the roster that was agreed on, and not as a custodian.")
    else fail(.; "broken"; "not-in-roster"; "This share is of a person who is not in the roster that was agreed on.")
    end),
# Where the plan says whose station takes whose share, each went there, or where an amendment let a reserve give.
([$all[] | select(.event == "plan-amended" and .dir == $plans[0].dir) | .data.steps[]] as $steps
  | $all[] | select(($roster | any(.givesTo != null)) and .event == "share-submit-intent" and .data.custodian != "")
  | .data.custodian as $custodian | .who as $station
  | select($custodians | any(. == $custodian))
  | select([$roster[] | select(.fingerprint == $custodian) | .givesTo]
      + [$steps[] | select(.reserve == $custodian) | .givesTo] | any(. == $station) | not)
  | fail(.; "broken"; "gives-elsewhere"; "By the officer’s plan this share does not go to this station.")),

# What a witness saw in the middle of the ceremony is the beginning of that journal as it is now. A station
# writes down that it shows its journal before it does, so that a line comes after those that a witness saw.
($all[] | select(.event == "witnessed") | . as $seen | .data as $data
  | [$owners | to_entries[] | select(.value == $data.of) | .key] as $dirs
  | if ($dirs | length) == 0 then
      fail(.; "incomplete"; "witnessed-missing"; "\($data.name) witnessed the journal of \($data.station), and it is not here.")
    elif any($all[]; .dir as $dir | .n == $data.lines + 1 and .prev == $data.head and ($dirs | any(. == $dir))) then empty
    else fail(.; "broken"; "witnessed-differs"; "\($data.name) witnessed the first \($data.lines) lines of \($data.station), and its journal here begins with others: it was written anew after that.")
    end),

"ok    \($sent | length) messages sent and \($received | length) received were compared",

# What fits, and what an auditor should read all the same.
($all[] | (
    if .event == "exception" then "exception: \(.data.text)"
    elif .event == "plain-crossing" then "\(.data.what) crossed unsigned (\(.data.direction))"
    elif .event == "share-submit-intent" and .data.custodian == "" then
      "a share came as a plain value: nothing says whose it was"
    elif .event == "message-refused" then "a message was refused: \(.data.reason)"
    elif .event == "message-withdrawn" then "a \(.data.type) message was withdrawn: \(.data.reason)"
    elif .event == "attempt-changed" then "the attempt \(.data.expected) was replaced or vanished"
    elif .event == "answer-lost" then "an answer was lost that may have been the last: \(.data.what)"
    elif .event == "witnessed" then "\(.data.name) witnessed the first \(.data.lines) lines of \(.data.station) at \(.data.seenAt)\(
      [.data.deviations[].text] | join("; ") | if . == "" then "" else ", and noted: \(.)" end)"
    else null end) as $text
  | select($text != null) | "note  \(.dir) \(.n): \($text)" | clean),
(if any(.[]; .rehearsal == true) then "note  this was a rehearsal" else empty end)
