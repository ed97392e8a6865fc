#!/bin/sh
# Writes deploy/requirements.txt and deploy/build.txt anew, after pyproject.toml or constraints.txt has changed; needs uv.
set -eu
cd "$(dirname "$0")/.."

lock() {
    uv pip compile "$@" --universal --python-version 3.11 --generate-hashes --no-annotate --quiet \
        --custom-compile-command deploy/lock.sh
}

lock pyproject.toml deploy/words.in --extra postgres --extra passkeys --extra assistants \
    --constraint constraints.txt --output-file deploy/requirements.txt
lock deploy/build.in --output-file deploy/build.txt
