package io.bootgate.rule.lint;

import io.bootgate.rule.cause.Distributions;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The modules that Python brings itself, and from when until when. */
final class StandardModules {
    private static final Set<String> NAMES = Set.of("""
            __future__ _thread _winreg abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore
            atexit audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code
            codecs codeop collections colorsys compileall compression concurrent configparser contextlib contextvars copy
            copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest dummy_threading
            email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib
            functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib
            imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma macpath
            mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt
            ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes
            pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc
            pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select
            selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
            sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symbol symtable sys
            sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token
            tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uu uuid venv
            warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib
            zoneinfo
            """.strip().split("\\s+", -1));

    /** Minor version of the first Python 3 that has the module. */
    private static final Map<String, Integer> SINCE = Map.of(
            "contextvars",
            7,
            "dataclasses",
            7,
            "zoneinfo",
            9,
            "graphlib",
            9,
            "tomllib",
            11,
            "compression",
            14,
            "annotationlib",
            14);

    /** Minor version of the first Python 3 that has the module no more. */
    private static final Map<String, Integer> UNTIL = Map.ofEntries(
            Map.entry("formatter", 10),
            Map.entry("parser", 10),
            Map.entry("symbol", 10),
            Map.entry("macpath", 8),
            Map.entry("dummy_threading", 9),
            Map.entry("binhex", 11),
            Map.entry("distutils", 12),
            Map.entry("imp", 12),
            Map.entry("asyncore", 12),
            Map.entry("asynchat", 12),
            Map.entry("smtpd", 12),
            Map.entry("aifc", 13),
            Map.entry("audioop", 13),
            Map.entry("cgi", 13),
            Map.entry("cgitb", 13),
            Map.entry("chunk", 13),
            Map.entry("crypt", 13),
            Map.entry("imghdr", 13),
            Map.entry("mailcap", 13),
            Map.entry("msilib", 13),
            Map.entry("nis", 13),
            Map.entry("nntplib", 13),
            Map.entry("ossaudiodev", 13),
            Map.entry("pipes", 13),
            Map.entry("sndhdr", 13),
            Map.entry("spwd", 13),
            Map.entry("sunau", 13),
            Map.entry("telnetlib", 13),
            Map.entry("uu", 13),
            Map.entry("xdrlib", 13),
            Map.entry("lib2to3", 13));

    /** Names that collections handed on from collections.abc until 3.9. */
    static final Set<String> ABSTRACT = Set.of(
            "Awaitable",
            "Callable",
            "Collection",
            "Container",
            "Coroutine",
            "Generator",
            "Hashable",
            "ItemsView",
            "Iterable",
            "Iterator",
            "KeysView",
            "Mapping",
            "MappingView",
            "MutableMapping",
            "MutableSequence",
            "MutableSet",
            "Reversible",
            "Sequence",
            "Set",
            "Sized",
            "ValuesView");

    private StandardModules() {}

    static boolean has(String module) {
        String top = Distributions.top(module);
        return NAMES.contains(top) || top.startsWith("_") || Distributions.isStandard(top);
    }

    /** First Python 3 that has the module, where that is later than 3.6. */
    static OptionalInt since(String module) {
        Integer minor = SINCE.get(Distributions.top(module));
        return minor == null ? OptionalInt.empty() : OptionalInt.of(minor);
    }

    /** First Python 3 without the module. */
    static OptionalInt until(String module) {
        Integer minor = UNTIL.get(Distributions.top(module));
        return minor == null ? OptionalInt.empty() : OptionalInt.of(minor);
    }
}
