"""`python -m mats_portal.devstack run|stop|chromium`."""

import sys

from mats_portal.devstack import chromium, servers
from mats_portal.devstack.run import run


def stop() -> int:
    """Stop servers that a killed process left behind."""
    busy = [cluster.name for cluster in servers.clusters() if not servers.stop(cluster)]
    if busy:
        print("Somebody still uses the servers (`make run`, a shell, a test run). End that first.", file=sys.stderr)
    return len(busy)


def main() -> int:
    """Do what the command line asks. The answer is the exit status."""
    acts = {"run": run, "stop": stop, "chromium": chromium.ensure}
    if len(sys.argv) != 2 or sys.argv[1] not in acts:
        print(__doc__, file=sys.stderr)
        return 2
    return acts[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
