#!/usr/bin/env bash
# Programs that read T-SQL, from PyPI, in a folder of their own (MSSQL_TOOLS, otherwise in the user's cache):
#   test/mssql/tools.sh   installs them where they are not there, and prints the Python that has them
set -euo pipefail
versions="maxdop==0.1.3 sqlglot==30.30.0 duckdb==2.0.1 numpy==2.4.6"
folder=${MSSQL_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/cohortline/mssql-tools}
if [ "$(cat "$folder/versions" 2>/dev/null)" != "$versions" ]; then
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --no-compile --disable-pip-version-check --timeout 30 --retries 2 $versions >&2
  echo "$versions" > "$folder/versions"
fi
echo "$folder/bin/python"
