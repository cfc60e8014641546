#!/bin/sh
# Run every test with branch coverage, then hold the coverage to its floors. Beside that run the tests
# of the office and of the open site on PostgreSQL: browsers and processes leave two cores idle for a
# third of the time, and so there are more workers than cores.
# pytest's summary stays the last line, because that is what a reader and a machine look for.
set -u
cd "$(dirname "$0")/.."
mkdir -p build
export COVERAGE_FILE="$PWD/build/coverage"
# The tests start some two hundred processes. Where Python may not keep what it has compiled, as in
# many container images, each of them compiles everything anew.
unset PYTHONDONTWRITEBYTECODE

beside=
if [ $# -eq 0 ]; then
    .venv/bin/python tests/on_postgresql.py > build/postgresql.txt 2>&1 &
    beside=$!
    trap 'kill "$beside"; exit 130' INT TERM
fi

{
    .venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder \
        --cov --cov-report= --cov-report=json:build/coverage.json "$@"
    echo $? > build/pytest.status
} 2>&1 | tee build/pytest.txt
tests=$(cat build/pytest.status)

postgresql=0
if [ -n "$beside" ]; then
    wait "$beside" || postgresql=1
    cat build/postgresql.txt
fi

floors=0
if [ $# -eq 0 ]; then
    .venv/bin/python tools/coverage_floors.py build/coverage.json || floors=1
fi
grep -E '^=+ .*(passed|failed|error|no tests ran).* =+$' build/pytest.txt | tail -n 1
[ "$tests" -eq 0 ] && [ "$floors" -eq 0 ] && [ "$postgresql" -eq 0 ]
