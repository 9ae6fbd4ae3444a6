#!/bin/sh
# Runs the notebook over a warehouse. Exit status: 0 it ran, 1 a cell failed, 2 something is missing.
set -u
missing() { echo "notebooks/check.sh: $1" >&2; exit 2; }

[ $# -eq 1 ] || missing "usage: notebooks/check.sh WAREHOUSE"
[ -d "$1" ] || missing "$1: no such warehouse; run 'firesteel execute' or 'firesteel report marginal --warehouse' first"
warehouse=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
venv=${FIRESTEEL_NOTEBOOK_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/firesteel/notebook-venv}

command -v python3 >/dev/null || missing "python3 is missing; install Python 3.10 or newer"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || missing "$(python3 --version) is too old; 3.10 or newer is needed"
command -v java >/dev/null || missing "java is missing; install a JDK 17 or newer"
if [ ! -x "$venv/bin/jupyter" ]; then
  python3 -m venv "$venv" || missing "cannot make a virtual environment at $venv (is python3-venv installed?)"
  "$venv/bin/pip" install --quiet 'pyspark==4.2.0' 'delta-spark==4.4.0' jupyter nbconvert ipykernel ||
    missing "the packages cannot be installed; is a Python package index reachable?"
fi
# Spark's resolver takes a Maven repository at hand for complete, although Maven keeps only the jars that it picked itself:
# give it a home without one, so that it fetches the jars of Delta from the central repository.
mkdir -p "$venv/home" || missing "cannot write $venv"
executed=$(mktemp -d) || missing "cannot make a temporary folder"
trap 'rm -rf "$executed"' EXIT
WAREHOUSE="$warehouse" SPARK_SUBMIT_OPTS="-Duser.home=$venv/home" SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON="$venv/bin/python" "$venv/bin/jupyter" nbconvert \
  --to notebook --execute --ExecutePreprocessor.timeout=600 --output-dir "$executed" "$here/tables.ipynb" || exit 1
echo "notebooks/check.sh: every cell ran"
