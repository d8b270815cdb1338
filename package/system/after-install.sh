#!/bin/sh
# After a package of Airlock was installed or upgraded, by dpkg ("configure") or rpm (a number).
set -e
name=@NAME@
profile=/opt/$name/apparmor-profile

# A parser that doesn't know of user namespaces belongs to a system that doesn't forbid them: there the
# profile would only be an error at every start of that system.
parser=$(command -v apparmor_parser || true)
if [ -n "$parser" ] && [ -d /etc/apparmor.d ] && "$parser" --skip-kernel-load --skip-cache "$profile" >/dev/null 2>&1; then
  cp -- "$profile" "/etc/apparmor.d/$name"
  # The kernel may have no AppArmor, or this may be a container: then there is nothing to load it into.
  if [ -d /sys/kernel/security/apparmor ]; then
    "$parser" --replace --write-cache "/etc/apparmor.d/$name" >/dev/null 2>&1 || true
  fi
fi
exit 0
