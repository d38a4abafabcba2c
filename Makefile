# 근거 (Geungeo). `make`만 치면 할 수 있는 일이 나옵니다.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ENCODER ?=
GOLDEN ?= tests/golden/dev.jsonl

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
# Stamps say what has been installed, so that nothing is installed twice.
DEFAULT := $(VENV)/.installed-run
TRANSFORMER := $(VENV)/.installed-transformer
TEST := $(VENV)/.installed-test
# A transformer encoder needs its packages; the default encoder does not.
NEEDS := $(DEFAULT) $(if $(ENCODER),$(TRANSFORMER))
BUILD := $(BIN)/geungeo build --if-changed $(if $(ENCODER),--encoder '$(ENCODER)')

.DEFAULT_GOAL := help
.PHONY: help setup setup-transformer run build faq eval bench test test-browser check locks clean
.DELETE_ON_ERROR:

help:
	@echo '쓰는 법: make 목표  [PORT=8000] [ENCODER=모델] [PYTHON=python3.12]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' Makefile

run: $(NEEDS) ## 색인을 만들고 웹 화면을 엽니다 (http://127.0.0.1:8000)
	@$(BUILD)
	@test -f index/faq.json || $(BIN)/geungeo faq --out index/faq.json
	@exec $(BIN)/geungeo serve --host '$(HOST)' --port '$(PORT)'

test: $(TEST) ## 시험에 필요한 것을 설치하고, 코드 검사(ruff, mypy)와 시험을 모두 합니다
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

setup: $(DEFAULT) ## .venv를 만들고 기본 꾸러미를 설치합니다

setup-transformer: $(TRANSFORMER) ## sentence-transformers와 torch를 설치합니다 (ENCODER, --reranker에 필요)

build: $(NEEDS) ## seeds/가 바뀌었으면 index/를 다시 만듭니다
	@$(BUILD)

faq: $(NEEDS) ## 문서에서 질문과 답을 뽑아 index/faq.json에 둡니다
	@$(BUILD)
	@$(BIN)/geungeo faq --out index/faq.json

eval: $(NEEDS) ## 정답이 있는 질문으로 답의 질을 잽니다 (GOLDEN=파일)
	@$(BUILD)
	@$(BIN)/geungeo eval '$(GOLDEN)'

bench: $(TEST) ## 속도와 메모리를 잽니다
	@$(BIN)/python -m tests.bench

test-browser: $(TEST) ## 브라우저 시험만 합니다 (chromium이 있어야 합니다)
	@$(BIN)/python -m pytest tests/browser

check: test ## make test와 같습니다

locks: $(BIN)/python ## locks/의 판 번호를 지금 나온 것으로 바꿉니다
	@rm -rf build/locks && $(BIN)/python -m venv build/locks
	@for set in run transformer test; do \
	  case $$set in run) extra='[formats]' ;; transformer) extra='[formats,transformer]' ;; \
	    test) extra='[formats,transformer,test]' ;; esac; \
	  build/locks/bin/python -m pip install --quiet ".$$extra" && \
	  { echo '# make locks가 씁니다. 손으로 고치지 마십시오.'; \
	    build/locks/bin/python -m pip freeze --exclude geungeo | sed 's/+cpu$$//'; } \
	    > locks/$$set.txt || exit 1; \
	done; rm -rf build/locks

clean: ## 만든 색인과 임시 파일을 지웁니다 (.venv는 남깁니다)
	@find index -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	@find rag web tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "오류: Python 3.11 이상이 필요합니다. 설치한 뒤 make PYTHON=python3.11 처럼 알려 주십시오." >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "오류: .venv를 만들지 못했습니다. Debian과 Ubuntu라면 python3-venv를 설치해 주십시오." >&2; \
	  exit 1; }

$(DEFAULT): locks/run.txt pyproject.toml | $(BIN)/python
	@echo '꾸러미를 설치합니다. 1분쯤 걸립니다.' >&2
	@$(PIP) -r locks/run.txt
	@$(PIP) --no-deps --editable .
	@touch $@

$(TRANSFORMER): locks/transformer.txt $(DEFAULT)
	@echo 'sentence-transformers와 torch를 설치합니다. 몇 분 걸립니다.' >&2
	@$(PIP) -r locks/transformer.txt
	@touch $@

$(TEST): locks/test.txt $(DEFAULT)
	@echo '시험에 필요한 꾸러미를 설치합니다. 몇 분 걸립니다.' >&2
	@$(PIP) -r locks/test.txt
	@touch $@
