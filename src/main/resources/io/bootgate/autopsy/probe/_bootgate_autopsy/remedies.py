"""Which fault ended an attempt, and what to try so that the next one gets past it."""
import re

from . import placeholders, places



def is_fatal(event):
    """Whether this, told by a process of the server, ends that process."""
    if event.get("role") not in ("main", "worker"):
        return False
    if event["kind"] == "exit":
        if event.get("passed"):
            return False
        return not event.get("thread") or event["how"] in ("os._exit", "os.abort", "os.kill")
    if event["kind"] == "raised":
        return not event.get("handled") and event["where"] in ("import", "main", "server")
    return False


def fault(events):
    return next((each for each in events if is_fatal(each)), None)


def rows(event):
    """The frames of a fault, innermost first."""
    if event["kind"] == "exit":
        return event["stack"]
    found = []
    for each in event["chain"]:
        found += each["stack"]
    return found


def place(event):
    for row in rows(event):
        if row[3] in ("app", "lib"):
            return row[0], row[1]
    return None


def key(event):
    if event is None:
        return None
    what = event["how"] if event["kind"] == "exit" else event["chain"][-1]["type"]
    return event["kind"], what, place(event)


def short(event):
    if event is None:
        return None
    what, how, where = key(event)
    return {"kind": what, "how": how, "file": where[0] if where else None, "line": where[1] if where else None}


def words(event):
    if event["kind"] == "exit":
        said = [event.get("value") or "", (event.get("handling") or {}).get("message", "")]
    else:
        said = [each["message"] for each in event["chain"]]
    return "\n".join(said)


def next_attempt(plan, events, past):
    """Changes the plan, and says how; None if there is nothing left to try."""
    found = fault(events)
    if found is None:
        return None
    same = past is not None and key(found) == key(past)
    retyped = _retyped(plan, found, events)
    if retyped:
        return {"variables": retyped, "again": same, "withdrawn": []}
    withdrawn = []
    if same:
        withdrawn = [name for name in plan.get("newest", []) if name in plan["variables"]]
        for name in withdrawn:
            del plan["variables"][name]
            plan["ineffective"].append(name)
    names = suspects(plan, found, events)
    if names:
        plan["variables"].update(names)
        plan["newest"] = sorted(names)
        return {"variables": names, "again": same, "withdrawn": withdrawn}
    return None


def _retyped(plan, found, events):
    """Variables whose placeholder was not accepted, with the kind to try next."""
    if found["kind"] != "raised" and not placeholders.is_placeholder(words(found)):
        return {}
    mentions = placeholders.is_placeholder(words(found))
    if not mentions:
        return {}
    kinds = dict(plan["variables"])
    for each in events:
        if each["kind"] == "missing" and each["name"] not in kinds and each.get("type") in placeholders.VALUES:
            kinds[each["name"]] = each["type"]
    blamed = [name for name, kind in kinds.items() if placeholders.value(kind) in words(found)]
    near = [name for name in blamed if _is_near(name, found, events)] or blamed
    changed = {}
    for name in near[:1]:
        tried = plan["tried"].setdefault(name, [kinds[name]])
        following = next((each for each in placeholders.NEXT if each not in tried), None)
        if following is None:
            continue
        tried.append(following)
        changed[name] = following
    plan["variables"].update(changed)
    return changed


def _is_near(name, found, events):
    seen = _identifiers(found)
    return any(
        each["kind"] in ("read", "missing")
        and each["name"] == name
        and ({name} | set(each.get("targets") or [])) & seen
        for each in events
    )


def _identifiers(found):
    """What the lines say on which the fault happened."""
    seen = set()
    for row in rows(found)[:12]:
        if row[3] in ("app", "lib"):
            here = places.statement(row[0], row[1])
            if here is not None and len(here.__class__._fields) and not hasattr(here, "body"):
                seen |= places.identifiers(here)
    return seen


def suspects(plan, found, events):
    """The unset variables that the fault may come from, each with the kind of placeholder to try."""
    reads = [
        each
        for each in events
        if each["kind"] == "read"
        and not each["set"]
        and (not each["default"] or each.get("falsy"))
        and each["name"] not in plan["variables"]
        and each["name"] not in plan["ineffective"]
        and each["owner"] in ("app", "lib")
    ]
    if not reads:
        return {}
    said = words(found)
    named = [each for each in reads if re.search(r"(?<!\w)%s(?!\w)" % re.escape(each["name"]), said)]
    if not named:
        named = _by_condition(found, reads) if found["kind"] == "exit" else _by_line(found, reads)
    elif found["kind"] == "exit":
        lines = set((each["file"], each["line"]) for each in named)
        named += [each for each in reads if (each["file"], each["line"]) in lines]
    return dict((each["name"], _kind(each)) for each in named)


def _is_open(read):
    """Not where the code caught the KeyError: it knows what to do then."""
    return read["how"] != "item" or read.get("required", True)


def _kind(read):
    kind, _ = placeholders.by_use(read["file"], read["line"], read["name"])
    return placeholders.of(kind, read["name"])


def _by_condition(found, reads):
    """Variables in the conditions that led to an exit, else those that the same function read before it."""
    own = [row for row in found["stack"] if row[3] in ("app", "lib")][:6]
    handling = (found.get("handling") or {}).get("stack") or []
    for row in own:
        names = places.conditions(row[0], row[1])
        matching = [
            each for each in reads if each["name"] in names or (names & set(each.get("targets") or []))
        ]
        if matching:
            return matching
        around = [
            each
            for each in reads
            if _is_open(each) and each["file"] == row[0] and each["function"] == row[2] and 0 <= row[1] - each["line"] < 400
        ]
        if around and (row[2] != "<module>" or _is_guarded(row)):
            return around
    return _by_line({"kind": "raised", "chain": [{"type": "", "message": "", "stack": handling}]}, reads) if handling else []


def _is_guarded(row):
    return places.is_guarded(row[0], row[1])


def _by_line(found, reads):
    """Variables that are read, or whose value is used, on a line of the traceback."""
    lines = set((row[0], row[1]) for row in rows(found))
    here = [each for each in reads if (each["file"], each["line"]) in lines]
    if here:
        return here
    seen = _identifiers(found)
    used = [each for each in reads if each["name"] in seen or (seen & set(each.get("targets") or []))]
    if used:
        return used
    said = words(found)
    if "None" in said or "''" in said:
        where = place(found)
        return [each for each in reads if _is_open(each) and where and each["file"] == where[0]]
    return []
