#!/bin/sh
# See to it that Chromium, a PostgreSQL server, strace, pdfsig, SoftHSM2 and the age tool are there for
# the tests, and the programs that are named as arguments (each in a package of its name): install them from Debian's
# packages when that is possible without asking, otherwise say what is missing and fail.
# Nothing is skipped because of a missing program.
set -eu

# The shell is Chromium without windows: a third of the processor time (docs/decisions/0005).
shell=chromium-headless-shell

has_browser() {
    [ -x "${TEST_CHROMIUM:-/usr/bin/$shell}" ] ||
        { [ -z "${TEST_CHROMIUM:-}" ] && [ -x /usr/bin/chromium ]; }
}

has_postgresql() {
    [ -n "${TEST_DATABASE_URL:-}" ] || command -v initdb >/dev/null 2>&1 ||
        ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

missing=""
for program in age strace "$@"; do
    command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
done
command -v pdfsig >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v softhsm2-util >/dev/null 2>&1 || missing="$missing softhsm2"
has_browser || missing="$missing $shell fonts-liberation"
has_postgresql || missing="$missing postgresql"
faster=""
[ -n "${TEST_CHROMIUM:-}" ] || [ -x "/usr/bin/$shell" ] || faster=$shell
[ -n "$missing$faster" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    as_root="none"
fi

if [ "$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    [ -n "$missing" ] || exit 0
    echo "The tests need programs that are not installed:$missing" >&2
    echo "Install them (Debian, Ubuntu: apt-get install$missing) and run make test again." >&2
    echo "TEST_CHROMIUM names another Chromium, TEST_DATABASE_URL another PostgreSQL." >&2
    exit 1
fi

wait_for_lock="-o DPkg::Lock::Timeout=600"
if [ -z "$missing" ]; then
    echo "Installing $shell, which makes the tests faster; without it they go on."
    {
        $as_root apt-get $wait_for_lock update -q &&
            $as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get $wait_for_lock install -q -y --no-install-recommends $shell
    } </dev/null || echo "$shell is not to be had; the tests use Chromium."
    exit 0
fi

echo "Installing for the tests:$missing"
# shellcheck disable=SC2086  # word splitting is meant
{
    $as_root apt-get $wait_for_lock update -q
    apt-cache show $shell >/dev/null 2>&1 || missing=$(echo "$missing" | sed "s/$shell/chromium/")
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get $wait_for_lock install -q -y --no-install-recommends $missing
} </dev/null

for program in age strace "$@"; do
    command -v "$program" >/dev/null 2>&1 || gone="$program"
done
[ -z "${gone:-}" ] && has_browser && has_postgresql || {
    echo "The packages were installed, but a program is still not where expected." >&2
    exit 1
}
