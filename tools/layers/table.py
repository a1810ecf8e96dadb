"""layers.toml: which room may import which, and which packages."""

TABLES = {"rooms", "libraries", "tests_beside_units", "pure", "platform_dependent"}


class TableError(Exception):
    """layers.toml contradicts itself."""


def find_cycle(graph):
    """A cycle of a {node: iterable of nodes} graph as a list that ends where it starts, or None."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node) :] + [node]
        if node in done:
            return None
        path.append(node)
        for following in sorted(graph.get(node, ())):
            cycle = visit(following)
            if cycle:
                return cycle
        path.pop()
        done.add(node)
        return None

    for start in sorted(graph):
        cycle = visit(start)
        if cycle:
            return cycle
    return None


def names_in(value):
    """Every string of a nested TOML value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


class Table:
    """The checked contents of layers.toml. Raises TableError."""

    def __init__(self, data):
        unknown = sorted(set(data) - TABLES)
        if unknown:
            raise TableError(f"unknown table [{unknown[0]}]; known: {', '.join(sorted(TABLES))}")
        for name in names_in(data):
            if "*" in name:
                raise TableError(f'"{name}" is a pattern; write every name out')
        self.rooms = {room: set(imports) for room, imports in data.get("rooms", {}).items()}
        self.libraries = data.get("libraries", {})
        beside = data.get("tests_beside_units", {})
        self.test_rooms = set(beside.get("rooms", []))
        self.test_libraries = beside.get("libraries", [])
        pure = data.get("pure", {})
        self.pure_rooms = set(pure.get("rooms", []))
        self.banned_headers = set(pure.get("headers", []))
        self.banned_words = set(pure.get("words", []))
        platform_dependent = data.get("platform_dependent", {})
        self.platform_functions = set(platform_dependent.get("functions", []))
        self.own_functions = platform_dependent.get("instead", "")
        self.check_names()
        cycle = find_cycle(self.rooms)
        if cycle:
            raise TableError("rooms form a cycle: " + " -> ".join(cycle))

    def check_names(self):
        for room, imports in self.rooms.items():
            for other in sorted(imports - set(self.rooms)):
                raise TableError(f'room "{room}" may import "{other}", which is no room')
        for table, names in (
            ("libraries", self.libraries),
            ("tests_beside_units", self.test_rooms),
            ("pure", self.pure_rooms),
        ):
            for name in sorted(set(names) - set(self.rooms)):
                raise TableError(f'[{table}] names "{name}", which is no room')

    def room_of(self, path):
        """The innermost room that contains a file, or None."""
        path = path.removeprefix("src/")
        return max((r for r in self.rooms if path.startswith(r + "/")), key=len, default=None)

    def may_import(self, room, other, is_test):
        return other == room or other in self.rooms[room] or (is_test and other in self.test_rooms)

    def libraries_of(self, room, is_test):
        return self.libraries.get(room, []) + (self.test_libraries if is_test else [])
