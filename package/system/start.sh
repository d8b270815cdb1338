#!/bin/sh
# Starts the app that lies beside this script. Chromium ends without a window where the system lets it have no
# sandbox; then this script says, on the terminal and in a window, what to do about it.
set -u

# Where this script really lies, also when it was called by a link.
self=$(readlink -f -- "$0")
here=${self%/*}
name=${self##*/}
program=$here/$name.bin
helper=$here/chrome-sandbox

say() {
  printf '%s\n' "$1" >&2
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 0
  if command -v zenity >/dev/null 2>&1; then
    zenity --error --no-wrap --no-markup --title=Airlock --text="$1" 2>/dev/null
  elif command -v kdialog >/dev/null 2>&1; then
    kdialog --title Airlock --error "$1" 2>/dev/null
  elif command -v xmessage >/dev/null 2>&1; then
    xmessage -center "$1" 2>/dev/null
  elif command -v notify-send >/dev/null 2>&1; then
    notify-send Airlock "$1" 2>/dev/null
  fi
  return 0
}

if [ "$(id -u)" = 0 ]; then
  say "Airlock does not start as root: Chromium has no sandbox for root. Start it as an ordinary user."
  exit 1
fi

# What an app that crashes had in memory goes to no disk: secrets are in there. A system that hands it to a
# program of its own (systemd-coredump, apport) tells that of this limit, and it keeps nothing.
# POSIX has no such limit. Every shell that is a system's sh has it.
# shellcheck disable=SC3045
ulimit -c 0

# The air-gapped app runs in a network namespace of its own, where an ordinary user may make one: there is no
# interface in it, whatever the machine has. What the app needs besides has to be reached through files, since
# names that are in no folder (abstract sockets) belong to a namespace: the display, and the session's bus,
# which screen readers use.
has_display_file() {
  case ${DISPLAY:-} in
    '') return 0 ;;
    :* | unix:*) ;;
    *) return 1 ;;
  esac
  number=${DISPLAY#*:}
  [ -S "/tmp/.X11-unix/X${number%%.*}" ]
}
has_bus_file() {
  case ${DBUS_SESSION_BUS_ADDRESS:-} in
    *abstract=* | *tcp:*) return 1 ;;
  esac
}
# Chromium's sandbox makes namespaces inside of it: that has to work, too. Its helper, which runs as root,
# does not.
has_network_namespace() {
  unshare --user --map-current-user --net -- unshare --user --map-root-user --pid --net --fork -- true 2>/dev/null
}
if [ "$name" = airlock ] && has_display_file && has_bus_file && has_network_namespace; then
  exec unshare --user --map-current-user --net -- "$program" "$@"
fi

# With either of these Chromium has its sandbox, and the app takes this script's place.
has_helper() { [ -u "$helper" ] && [ "$(stat -c %u -- "$helper")" = 0 ]; }
has_namespaces() { unshare -Ur true 2>/dev/null; }
if has_helper || has_namespaces; then exec "$program" "$@"; fi

# An AppArmor profile may let the app have what this script may not. Only a try can tell.
heard=$(mktemp) || exit 1
trap 'rm -f -- "$heard"' EXIT
"$program" "$@" 2>"$heard"
code=$?
cat -- "$heard" >&2
if [ "$code" != 0 ] && grep -qi 'sandbox' -- "$heard"; then
  say "Airlock can't start: this system lets no program of an ordinary user have a sandbox, and Airlock does not start without one.

Let its helper give it one. Type, as somebody who may administer this machine:

  sudo chown root:root '$helper'
  sudo chmod 4755 '$helper'

Then start Airlock again. Or install Airlock's package (deb or rpm) instead of this folder: it does both by itself."
fi
exit "$code"
