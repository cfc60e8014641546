# The commands of this project. `make` alone lists them; what each does in detail is in tools/.
# Developers may set PYTHON=python3.13 and the like; everything else is found by the scripts.

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench assets developer campaign-law campaign-rules campaign-races campaign-kills \
	campaign-s3 campaign-vault campaign-scan campaign-backup campaign-syscalls campaign-api campaign-log campaign-redaction \
	campaign-signatures campaign-leaks campaign-static campaign-postgresql campaign-pages campaign-traces

BIN := .venv/bin

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make the environment (.venv) with everything the program needs
	@tools/setup.sh

run: setup ## start SIP PPID with its demo: pages for officers, the public site, one worker
	@$(BIN)/ppid run

test: developer ## install what the tests need and run all of them, with coverage floors
	@tools/test-requirements.sh
	@tools/test.sh

check: developer ## format, lint, types, architecture, docs, budgets, assets, migrations, lock
	@$(BIN)/python tools/check.py

fix: developer ## put format and simple lint findings right
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: developer ## measure side by side with peers; figures go to bench/
	@$(BIN)/python bench/run.py

campaign-law: developer ## compare 2,700,000 counts of days and terms with a second calculator
	@PYTHONPATH=src:tests $(BIN)/python -m law.campaign

campaign-rules: developer ## let random officers act 100,000 times and look for a broken rule
	@PPID_CAMPAIGN=rules $(BIN)/python -m pytest -q -s tests/office/test_state_machine.py -k 100_000

campaign-leaks: developer ## plant canaries in every confidential field, search all that leaves, try leaky mutants
	@$(BIN)/python tests/campaigns/leaks.py

campaign-pages: developer ## look at every page as eight people and a visitor: axe, two widths, dark, links
	@tools/test-requirements.sh
	@PPID_CAMPAIGN=pages $(BIN)/python -m pytest -q -s tests/browser/test_every_page.py

campaign-signatures: developer ## flip FLIPS=10000 bits of a signed paper and look for one that passes
	@$(BIN)/python tests/campaigns/signatures.py $(FLIPS)

assets: developer ## compile the style sheet and the script anew (needs Node.js 20+ and npm)
	@$(BIN)/python tools/assets.py build

RACES ?= 100
KILLS ?= 200
CUTS ?= 1000
DAMAGES ?= 10000
FLIPS ?= 10000
DRILLS ?= 20
BACKUPS ?= 200
# --program lets the age program seal and open every file of campaign-vault and campaign-syscalls
ENGINE ?=

campaign-postgresql: developer ## every test of the office and the open site that asks a database, on PostgreSQL
	@tools/test-requirements.sh
	@$(BIN)/python tests/on_postgresql.py everything

campaign-traces: developer ## trace each test by itself; draw anew which need not be traced in `make test`
	@TEST_TRACES_DRAWS=1 $(BIN)/python -m pytest -q $(addprefix tests/,office public papers vault config sop)

campaign-races: developer ## ten kinds of race, RACES=100 times each, on files and on PostgreSQL
	@$(BIN)/python tests/campaigns/both.py races $(RACES)

campaign-kills: developer ## kill four busy processes KILLS=200 times, on files and on PostgreSQL
	@$(BIN)/python tests/campaigns/both.py kills $(KILLS)

campaign-s3: developer ## try the vault on Ceph's own S3 service, started on this machine
	@tools/test-requirements.sh ceph-mon ceph-osd radosgw
	@TEST_S3=ceph $(BIN)/python -m pytest -q tests/vault/test_s3.py

campaign-backup: developer ## restore DRILLS backups made under work, damage BACKUPS of them
	@$(BIN)/python tests/campaigns/backup.py $(DRILLS) $(BACKUPS)

campaign-syscalls: developer ## fail every file call of an upload once, with SIGKILL, EIO and ENOSPC
	@tools/test-requirements.sh
	@$(BIN)/python tests/campaigns/syscalls.py $(ENGINE)

campaign-scan: developer ## let the real clamd look at every hostile file, at its limit, and die
	@$(BIN)/python tests/campaigns/scanner.py

campaign-vault: developer ## kill those who store copies KILLS, cut power CUTS (root), damage files DAMAGES times
	@$(BIN)/python tests/campaigns/both.py vault $(KILLS) $(ENGINE)
	@$(BIN)/python tests/campaigns/power.py $(CUTS) $(ENGINE)
	@$(BIN)/python tests/campaigns/damage.py $(DAMAGES) $(ENGINE)

LOGS ?= 1000

campaign-log: developer ## tamper with a log in 12 ways, LOGS times each; compare two verifiers on LOGS logs
	@PYTHONPATH=src:tests $(BIN)/python -m ledger.campaign $(LOGS)

campaign-static: developer ## serve the demo's static site by nginx and Apache, compare every answer with the live site's
	@PYTHONPATH=src:tests $(BIN)/python -m campaigns.static_servers

CASES ?= 5000

campaign-api: developer ## ask each API of the demo CASES=5000 things, wrong ones too
	@$(BIN)/python tests/campaigns/api.py $(CASES)

COPIES ?= 300

campaign-redaction: developer ## blacken COPIES random documents, dig in the copies, damage each once
	@$(BIN)/python tests/campaigns/redaction.py $(COPIES)

developer:
	@tools/setup.sh test check
