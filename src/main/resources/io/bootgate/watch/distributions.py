# Prints what this Python can import, a line for each distribution: name, version, modules, requirements, with tabs between.
# Folders that are to be looked at before those of sys.path are the arguments. Needs no package, and runs on any Python 3.
import os
import sys


def metadata(path):
    for name in ("METADATA", "PKG-INFO"):
        file = os.path.join(path, name) if os.path.isdir(path) else path
        if os.path.isfile(file):
            with open(file, encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    if not line.strip():
                        return
                    key, _, value = line.partition(":")
                    yield key.strip().lower(), value.strip()
            return


def modules(path):
    names = set()
    for file in ("top_level.txt", "RECORD", "installed-files.txt"):
        full = os.path.join(path, file)
        if names or not os.path.isfile(full):
            continue
        with open(full, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                first = line.split(",")[0].strip().strip('"').replace("\\", "/").split("/")
                name = first[0] if len(first) > 1 or file == "top_level.txt" else first[0].split(".")[0] if ".py" in first[0] or ".so" in first[0] else ""
                if name and name.isidentifier() and name != "__pycache__":
                    names.add(name)
    return sorted(names)[:40]


seen = set()
print("python\t" + ".".join(str(part) for part in sys.version_info[:3]))
for folder in sys.argv[1:] + [path for path in sys.path if path]:
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        continue
    for entry in entries:
        if not entry.endswith((".dist-info", ".egg-info")):
            continue
        try:
            path = os.path.join(folder, entry)
            fields = list(metadata(path))
            name = next((value for key, value in fields if key == "name"), "")
            version = next((value for key, value in fields if key == "version"), "")
            key = name.lower().replace("_", "-").replace(".", "-")
            if name and key not in seen:
                seen.add(key)
                requires = [value for key, value in fields if key == "requires-dist" and "extra ==" not in value and "extra==" not in value]
                print("\t".join([name, version, " ".join(modules(path)), "|".join(requires[:100])]).replace("\n", " "))
        except OSError:
            pass
