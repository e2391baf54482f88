#!/usr/bin/env bash
# Builds the peers that this machine has the tools for and runs them side by side with ours:
#   Sources/depinbench/peers.sh [--quick] [--repeats N] [--only WORK] [--out FILE]
# SimPy: pip install simpy. ns-3: apt-get install libns3-dev. What is missing is left out.
# DEPINSIM_BIN names a folder with ours already built.
set -euo pipefail
cd "$(dirname "$0")/../.."
sources=Sources/depinbench/Peers
peers=.build/peers
# Alignment, so that no peer loses by where its loops happen to lie.
flags="-O3 -march=native -std=c++17 -falign-loops=32 -falign-functions=64"

rm -rf "$peers"
mkdir -p "$peers"
if compiler=$(command -v "${CXX:-g++}"); then
  for peer in hold churn_queue; do
    "$compiler" $flags -o "$peers/$peer" "$sources/$peer.cpp"
  done
  "$compiler" --version | head -n 1 >>"$peers/versions"
  if printf '#include <ns3/core-module.h>\nint main() {}\n' |
    "$compiler" -std=c++17 -x c++ - -o /dev/null -lns3-core 2>/dev/null; then
    "$compiler" $flags -o "$peers/churn_queue_ns3" "$sources/churn_queue_ns3.cpp" -lns3-core
    dpkg-query -W -f 'ns-3 ${Version}\n' libns3-dev >>"$peers/versions" 2>/dev/null || true
  fi
fi
if python3 -c 'import simpy' 2>/dev/null; then
  cp "$sources/churn_queue_simpy.py" "$peers"
  python3 -c 'import platform, simpy
print("SimPy", simpy.__version__, "on Python", platform.python_version())' >>"$peers/versions"
fi

if [ -z "${DEPINSIM_BIN:-}" ]; then
  swift build -c release
  DEPINSIM_BIN=$(swift build -c release --show-bin-path)
fi
exec "$DEPINSIM_BIN/depinbench" --peers "$peers" "$@"
