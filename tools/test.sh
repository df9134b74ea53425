#!/usr/bin/env bash
# Checks everything: installs what the tests need, builds with warnings as errors, runs all test projects, and fails if a test
# failed, a project crashed or ran nothing, or a tracked file was changed. Ends with one line: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
mapfile -t projects < <(find tests -name "*.csproj" | sort) # whatever is there: a new project cannot be forgotten
readonly results=artifacts/test-results
readonly project_limit=900 # seconds; a hanging project must not hang the whole check

passed=0
failed=0
skipped=0

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}

refuse() {
    echo "tools/test.sh: $1" >&2
    failed=$((failed + 1))
    finish
}

need_dotnet() {
    command -v dotnet >/dev/null || refuse ".NET SDK 10 is missing and no Debian package carries it: see https://dotnet.microsoft.com/download"
    case "$(dotnet --version 2>&1)" in
    10.*) ;;
    *) refuse ".NET SDK 10 is needed, found: $(dotnet --version 2>&1 | head -n 1)" ;;
    esac
}

# Commands that tests start, each with the Debian package that brings it, and one data set.
need_packages() {
    local missing=() entry
    for entry in verilator:verilator yosys:yosys iverilog:iverilog g++:g++ make:make git:git node:nodejs npm:npm; do
        command -v "${entry%%:*}" >/dev/null || missing+=("${entry##*:}")
    done
    [ -f /usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz ] || missing+=(dataset-fashion-mnist) # what the trainer's tests read
    [ ${#missing[@]} -eq 0 ] && return

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo -n)
        sudo -n true 2>/dev/null || refuse "install as root, then run again: apt-get install ${missing[*]}"
    fi
    command -v apt-get >/dev/null || refuse "no apt-get here; install by other means, then run again: ${missing[*]}"
    echo "installing ${missing[*]}"
    mkdir -p "$results"
    if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$results/apt.log" 2>&1; then
        tail -n 20 "$results/apt.log" >&2
        refuse "apt-get could not install: ${missing[*]}"
    fi
}

# ONNX Runtime, which judges exported models; the lock file pins every package with its hash.
need_node_packages() {
    local folder=tests/Interchange
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return
    echo "installing the packages of $folder"
    npm ci --prefix "$folder" >"$results/npm.log" 2>&1 && touch "$folder/node_modules/.package-lock.json" && return
    tail -n 20 "$results/npm.log" >&2
    refuse "npm ci --prefix $folder failed, see $results/npm.log"
}

# Hash of all changes to tracked files; empty outside of a git checkout.
tracked_state() {
    git rev-parse --is-inside-work-tree >/dev/null 2>&1 && git diff HEAD --binary | git hash-object --stdin
}

build() {
    echo "building"
    if ! dotnet build Simulator.sln -c Release -warnaserror --disable-build-servers -v quiet >"$results/build.log" 2>&1; then
        grep -E "error|warning" "$results/build.log" | sort -u | head -n 40 >&2
        refuse "the build failed, see $results/build.log"
    fi
}

# attribute NAME of the Counters element of a result file
counter() {
    grep -o '<Counters [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | tr -cd '0-9'
}

run_project() {
    local project=$1 name status=0
    name=$(basename "$project" .csproj)
    timeout -k 10 "$project_limit" dotnet test "$project" -c Release --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" -v quiet >"$results/$name.log" 2>&1 || status=$?

    local total=0 executed=0 good=0
    if [ -f "$results/$name.trx" ]; then
        total=$(counter "$results/$name.trx" total)
        executed=$(counter "$results/$name.trx" executed)
        good=$(counter "$results/$name.trx" passed)
    fi
    local bad=$((executed - good))
    if [ "$total" -eq 0 ]; then
        echo "$name: no test ran (exit code $status)" >&2
        bad=1
    elif [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        echo "$name: crashed or stopped after $project_limit seconds (exit code $status)" >&2
        bad=1
    fi
    echo "$name: $good passed, $bad failed, $((total - executed)) skipped"
    [ "$bad" -ne 0 ] && grep -v "^  Passed" "$results/$name.log" | head -n 200 >&2
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + total - executed))
}

need_dotnet
need_packages
rm -rf "$results"
mkdir -p "$results"
need_node_packages
before=$(tracked_state)
build
for project in "${projects[@]}"; do
    run_project "$project"
done
if [ "$(tracked_state)" != "$before" ]; then
    git status --porcelain --untracked-files=no >&2
    echo "the tests changed tracked files" >&2
    failed=$((failed + 1))
fi
finish
