#!/bin/sh
# Runs a command in a network of its own, which it must have been given already, with a mount namespace: a
# loopback, and a way out that leads to any address there is and ends in a sink, which counts what goes into
# it. No packet arises there by itself. Names are asked of whoever listens at the address in resolv.conf.
#   unshare --net --mount sh enter.sh COMMAND ARGUMENT...
set -e
ip link set lo up
ip link add outside type veth peer name sink
for end in sink outside; do ip link set "$end" addrgenmode none arp off up; done
ip address add 192.0.2.1/32 dev outside
ip route add default dev outside
# A system may have no IPv6 at all.
if ip -6 address add 2001:db8::1/128 dev outside nodad 2>/dev/null; then ip -6 route add default dev outside; fi
mount --bind "$(dirname "$0")/resolv.conf" /etc/resolv.conf
exec "$@"
