#!/bin/sh
# After a package of Airlock was removed, by dpkg ("remove", "purge") or rpm (0). An upgrade keeps the
# profile.
set -e
name=@NAME@
case "${1:-}" in
  remove | purge | 0)
    if [ -f "/etc/apparmor.d/$name" ]; then
      parser=$(command -v apparmor_parser || true)
      if [ -n "$parser" ] && [ -d /sys/kernel/security/apparmor ]; then
        "$parser" --remove "/etc/apparmor.d/$name" >/dev/null 2>&1 || true
      fi
      rm -f -- "/etc/apparmor.d/$name"
    fi
    ;;
esac
exit 0
