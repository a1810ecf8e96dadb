"""The built program and library are hardened: hardening_test.py BUILD_TYPE FILE...

Reads them with readelf and objdump (binutils), which must be installed.
"""

import platform
import re
import subprocess
import sys


def output_of(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def faults_of(file: str, optimised: bool) -> list[str]:
    """What the file lacks."""
    header = output_of("readelf", "--wide", "--file-header", file)
    segments = output_of("readelf", "--wide", "--program-headers", file)
    dynamic = output_of("readelf", "--wide", "--dynamic", file)
    imports = output_of("readelf", "--wide", "--dyn-syms", file)
    stack = re.search(r"GNU_STACK .* (R[W ][E ]) ", segments)
    library = ".so" in file
    holds = {
        "can be loaded anywhere (PIE, PIC)": re.search(r"Type: +DYN", header) is not None
        and (library or "PIE" in dynamic),
        "resolves all symbols at start (BIND_NOW)": "BIND_NOW" in dynamic or " NOW" in dynamic,
        "makes its tables read-only (RELRO)": "GNU_RELRO" in segments,
        "runs nothing on the stack": stack is not None and "E" not in stack.group(1),
        "has no segment to write and run": not re.search(r"LOAD .* RWE ", segments),
        "needs no writable code (TEXTREL)": "TEXTREL" not in dynamic,
        "checks its stack (stack-protector-strong)": "__stack_chk_fail" in imports,
        "looks for libraries in no unusual folder": "RPATH" not in dynamic and "RUNPATH" not in dynamic,
    }
    if optimised:
        holds["checks the sizes of buffers (_FORTIFY_SOURCE)"] = re.search(r"__\w+_chk[@ ]", imports) is not None
    if platform.machine() == "x86_64":
        code = output_of("objdump", "--disassemble", "--no-show-raw-insn", "--section=.text", file)
        functions, marked = 0, 0
        for start in re.finditer(r"^[0-9a-f]+ <[^>]+>:\n +[0-9a-f]+:\t(\S+)", code, re.MULTILINE):
            functions += 1
            marked += start.group(1) == "endbr64"
        # Functions that are only called directly need no mark.
        holds["marks where calls may lead (CET)"] = marked > 100 or (functions < 100 and marked > 0)
    return [what for what, held in holds.items() if not held]


def main() -> int:
    build_type, *files = sys.argv[1:]
    failed = 0
    for file in files:
        for fault in faults_of(file, build_type != "Debug"):
            print(f"{file}: not so: {fault}")
            failed = 1
    if not files:
        sys.exit("no file given")
    return failed


if __name__ == "__main__":
    sys.exit(main())
