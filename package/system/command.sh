#!/bin/sh
# Runs the command line that lies beside this script, on the Node that lies there too.
self=$(readlink -f -- "$0")
exec "${self%/*}/node" "${self%/*}/airlock.cjs" "$@"
