# The commands of this project. `make` alone lists them; what each does in detail is in tools/.
# Developers may set PYTHON=python3.13 and the like; everything else is found by the scripts.

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench assets developer

BIN := .venv/bin

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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

assets: developer ## compile the style sheet and the script anew (needs Node.js 20+ and npm)
	@$(BIN)/python tools/assets.py build

developer:
	@tools/setup.sh test check
