#!/bin/sh
# Make .venv hold exactly what uv.lock says, and do nothing when it already does.
# Arguments: the dependency groups wanted besides the program itself (test, check).
# Its messages are Indonesian: the person who meets them installs the program for an office.
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1
unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT PYTHONPATH || true

fail() {
    printf 'ppid: kesalahan: %s\nppid: saran: %s\n' "$1" "$2" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Python 3.11 atau yang lebih baru tidak ditemukan." \
        "Pasang Python (Debian/Ubuntu: apt install python3 python3-venv), lalu jalankan lagi."
}

make_venv() {
    python=$(find_python)
    "$python" -c 'import ensurepip' 2>/dev/null || fail \
        "Modul venv untuk $python belum terpasang." \
        "Debian/Ubuntu: apt install python3-venv, lalu jalankan lagi."
    echo "Membuat lingkungan .venv dengan $($python --version) ..."
    "$python" -m venv --clear .venv
}

wanted() {
    echo "uv $UV_VERSION"
    cksum uv.lock pyproject.toml
}

# uv makes environments without pip; what has neither uv nor pip inside is made anew.
can_install() {
    new_enough .venv/bin/python && { [ -x .venv/bin/uv ] || .venv/bin/python -c 'import pip' 2>/dev/null; }
}

can_install || make_venv

# Each set of groups has its own stamp: `make run` must not wait for the tests' packages, and
# must not remove them either.
stamp=".venv/synced$(printf -- '-%s' "$@")"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted)" ]; then
    exit 0
fi

if ! .venv/bin/uv --version 2>/dev/null | grep -qF "uv $UV_VERSION"; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" || fail \
        "Alat pemasang (uv) tidak dapat diunduh." \
        "Periksa sambungan internet atau setelan pip, lalu jalankan lagi."
fi

groups=""
for group in "$@"; do
    groups="$groups --group $group"
done
echo "Memasang pustaka menurut uv.lock ..."
# shellcheck disable=SC2086  # one word per group is meant
.venv/bin/uv sync --quiet --frozen --inexact --python .venv/bin/python $groups || fail \
    "Pustaka tidak dapat dipasang." \
    "Baca pesan di atas; periksa sambungan internet, lalu jalankan lagi."
wanted > "$stamp"
