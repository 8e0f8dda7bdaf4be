#!/usr/bin/env bash
# Make sure of the programs that some tests drive: install them where that is possible, name them otherwise.
set -u

missing=()
want() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }

want chromium chromium
want soffice libreoffice-writer
want pdftoppm poppler-utils
want java openjdk-17-jre-headless
if command -v dpkg-query >/dev/null 2>&1; then
    dpkg-query --show --showformat='${Status}' libjaxb-java 2>/dev/null | grep -q 'install ok installed' || missing+=(libjaxb-java)
fi

[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${missing[*]} (once)…"
    apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "The tests need these programs: ${missing[*]}" >&2
echo "On Debian: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
exit 1
