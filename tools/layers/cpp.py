"""What C++ files include, and the words they use."""

import re

STANDARD_HEADERS = set(
    """algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
    cinttypes climits clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp
    csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception
    execution filesystem format forward_list fstream functional future initializer_list iomanip ios iosfwd
    iostream istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric
    optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex
    source_location span sstream stack stdexcept stop_token streambuf string string_view strstream
    syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility
    valarray variant vector version""".split()
)

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
NOT_CODE = re.compile(
    r'R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'  # string
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'"  # character, not a digit separator
    r"|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)


def includes(text):
    """Yields (line, quoted header or None, angled header or None)."""
    for number, line in enumerate(text.split("\n"), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, *found.groups()


def code_of(text):
    """The text with blanks for comments, strings and characters."""
    return NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group(0)), text)


def uses_of(words, text):
    """Yields (line, word) for each of the words in code, outside comments and strings."""
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(words))) + r")\b")
    for number, line in enumerate(code_of(text).split("\n"), 1):
        for word in pattern.findall(line):
            yield number, word


def calls_of_library(functions, text):
    """Yields (line, function as written, its plain name) for each use of the C library's functions.

    Those are `std::sin`, `::sin(` and `sin(`, and the same for float (`sinf`) and long double (`sinl`); other
    namespaces and member functions have functions of these names that are not the library's.
    """
    name = "(" + "|".join(map(re.escape, sorted(functions))) + ")[fl]?"
    pattern = re.compile(rf"(?<![\w:.>])((?:::)?std::{name}\b|(?:::)?{name}(?=\s*\())")
    for number, line in enumerate(code_of(text).split("\n"), 1):
        for written, in_std, in_global in pattern.findall(line):
            yield number, written, in_std or in_global
