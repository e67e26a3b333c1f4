#!/bin/sh
# Installs what the tests need and this machine lacks, when it may (root, apt). Never fails the run: what is missing is
# said, and the tests that need it skip.

have_postgres() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_redis() { command -v redis-server >/dev/null 2>&1; }
have_chromium() {
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
        command -v google-chrome >/dev/null 2>&1
}

wanted=""
have_postgres || wanted="$wanted postgresql"
have_redis || wanted="$wanted redis-server"
have_chromium || wanted="$wanted chromium"

if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing what the tests need:$wanted"
    log=$(mktemp)
    # policy-rc.d is left alone: Debian may start the servers it installs; the tests start their own on free ports.
    {
        DEBIAN_FRONTEND=noninteractive apt-get -qq update
        for package in $wanted; do # one at a time, so that one that cannot be had does not keep the others away
            DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$package" ||
                echo "$package could not be installed"
        done
    } </dev/null >"$log" 2>&1
    grep -E "could not be installed|^E:" "$log"
    rm -f "$log"
fi

have_postgres && echo "PostgreSQL: found" || echo "PostgreSQL: missing, the tests that need it are skipped"
have_redis && echo "Redis: found" || echo "Redis: missing, the tests that need it are skipped"
have_chromium && echo "Chromium: found" || echo "Chromium: missing, the tests that need it are skipped"
exit 0
