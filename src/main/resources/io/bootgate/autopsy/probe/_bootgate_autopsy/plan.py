"""What earlier attempts found out and the next one starts with: which variables get a placeholder."""
import glob
import json
import os

from . import channel


def _path(pid):
    return os.path.join(channel.OUT, "%d.plan" % pid)


def write(supervisor, plan):
    temporary = _path(supervisor) + ".new"
    with open(temporary, "w") as f:
        json.dump(plan, f)
    os.rename(temporary, _path(supervisor))


def read():
    """All plans that there are as one: a later program of an entry script goes on with what an earlier one needed."""
    whole = {"attempt": 1, "variables": {}, "ineffective": []}
    for path in sorted(glob.glob(os.path.join(channel.OUT, "*.plan"))):
        try:
            with open(path) as f:
                each = json.load(f)
        except (OSError, ValueError):
            continue
        whole["attempt"] = max(whole["attempt"], each.get("attempt", 1))
        whole["variables"].update(each.get("variables", {}))
        whole["ineffective"] += each.get("ineffective", [])
    whole["lines"] = os.path.exists(os.path.join(channel.ROOT, "lines"))
    return whole
