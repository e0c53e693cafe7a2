#!/bin/sh
# The browser and the libraries behind PDF, where they are missing and this user may install them.
# Without them Kith runs, and the tests say what they did not run.
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="chromium fonts-liberation"
ldconfig -p 2>/dev/null | grep -q 'libpangoft2-1.0' || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing for the tests:$missing"
  apt-get update -qq >/dev/null 2>&1
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null 2>&1 \
    || echo "Could not install:$missing (the tests will say what they leave out)"
else
  echo "Not here, and not installed by this user:$missing (the tests will say what they leave out)"
fi
