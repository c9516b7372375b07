#!/usr/bin/env bash
# A real PostgreSQL on this machine alone, for tests: server.sh start|stop|status|fetch. Prints its URL on the last line.
# server.sh halt fast|immediate stops it and keeps its data; resume starts it again.
#   POSTGRESQL_DATA   its data, thrown away by stop                   (/tmp/cohortline-postgresql)
#   POSTGRESQL_PORT   on 127.0.0.1, and of the socket in the data     (15432)
#   POSTGRESQL_BIN    the folder of initdb and pg_ctl, where it is not Debian's
#   POSTGRESQL_SIZE   small (for tests) or large (for benches)        (small)
# Debian's packages bring the server, and the pooler of pooler.test.ts. It asks for passwords and offers an encrypted connection; the
# certificate is signed by ca.crt in the data.
set -euo pipefail
DATA=${POSTGRESQL_DATA:-/tmp/cohortline-postgresql}
PORT=${POSTGRESQL_PORT:-15432}
SIZE=${POSTGRESQL_SIZE:-small}
# The server refuses to run as root.
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
bin() {
  local found=${POSTGRESQL_BIN:-}
  [ -n "$found" ] || found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -x "$found/initdb" ] && echo "$found"
}
url() { echo "postgresql://test:$(cat "$DATA/password")@127.0.0.1:$PORT/test?sslrootcert=$DATA/ca.crt"; }
# At start from a path that every user may read: runuser keeps the folder that it is called in.
running() { cd / && as "$(bin)/pg_ctl" -D "$DATA/tables" status >/dev/null 2>&1; }

fetch() {
  bin >/dev/null && command -v pgbouncer >/dev/null && return
  if ! command -v apt-get >/dev/null; then
    # Without a pooler its tests are left out.
    bin >/dev/null || { echo "PostgreSQL is not installed: set POSTGRESQL_BIN" >&2; exit 1; }
    return 0
  fi
  local root=
  [ "$(id -u)" = 0 ] || root=sudo
  # Without a cluster of Debian's own, which would be started at once.
  $root mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" | $root tee /etc/postgresql-common/createcluster.conf >/dev/null
  $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends postgresql pgbouncer >/dev/null
  bin >/dev/null
}

# An authority, a certificate of the server, and one of the user test.
certificates() {
  cd "$DATA"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=authority -keyout ca.key -out ca.crt 2>/dev/null
  for name in server test; do
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" -keyout $name.key -out $name.csr 2>/dev/null
    openssl x509 -req -in $name.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out $name.crt 2>/dev/null \
      -extfile <([ $name = server ] && echo "subjectAltName=IP:127.0.0.1,DNS:localhost")
  done
  chmod 644 test.key ca.crt
  if [ "$(id -u)" = 0 ]; then chown postgres server.key server.crt ca.crt; fi
  chmod 600 server.key
}

make() {
  rm -rf "$DATA"
  mkdir -p "$DATA/socket"
  head -c 18 /dev/urandom | base64 | tr -d '/+=\n' >"$DATA/password"
  certificates
  if [ "$(id -u)" = 0 ]; then chown postgres "$DATA" "$DATA/socket" "$DATA/password"; fi
  cd /
  as "$(bin)/initdb" -D "$DATA/tables" -U test --pwfile="$DATA/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  cat >>"$DATA/tables/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $PORT
unix_socket_directories = '$DATA/socket'
max_connections = 40
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
ssl = on
ssl_cert_file = '$DATA/server.crt'
ssl_key_file = '$DATA/server.key'
ssl_ca_file = '$DATA/ca.crt'
CONF
  [ "$SIZE" = small ] || cat >>"$DATA/tables/postgresql.conf" <<CONF
shared_buffers = 2GB
work_mem = 128MB
maintenance_work_mem = 512MB
effective_cache_size = 8GB
CONF
  # The database "certified" takes certificates in the place of passwords.
  sed -i '1i hostssl certified all 127.0.0.1/32 cert' "$DATA/tables/pg_hba.conf"
}

start() {
  if ! running; then
    fetch
    make
    as "$(bin)/pg_ctl" -D "$DATA/tables" -w -t 60 -l "$DATA/tables/server.log" start >/dev/null ||
      { tail -n 20 "$DATA/tables/server.log" >&2; exit 1; }
    for database in test certified; do
      PGPASSWORD=$(cat "$DATA/password") "$(bin)/psql" -q -h 127.0.0.1 -p "$PORT" -U test -d postgres -c "CREATE DATABASE $database"
    done
  fi
  url
}

stop() {
  if running; then as "$(bin)/pg_ctl" -D "$DATA/tables" -m immediate -w stop >/dev/null; fi
  rm -rf "$DATA"
}

case "${1:-start}" in
  start) start ;;
  stop) stop ;;
  fetch) fetch ;;
  halt) cd / && as "$(bin)/pg_ctl" -D "$DATA/tables" -m "${2:-fast}" -w stop >/dev/null ;;
  resume) cd / && as "$(bin)/pg_ctl" -D "$DATA/tables" -w -t 60 -l "$DATA/tables/server.log" start >/dev/null && url ;;
  status) if running; then url; else echo "not running"; exit 1; fi ;;
  *) sed -n '2,9p' "$0"; exit 2 ;;
esac
