"""Runs Python programs one after the other in this process."""
import sys
import traceback

for path in sys.argv[1:]:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            exec(compile(file.read(), path, "exec"), {"__name__": "__main__"})
    except Exception:
        traceback.print_exc()
        sys.exitcode = 1
sys.exit(getattr(sys, "exitcode", 0))
