#!/usr/bin/env python3
"""The manual pages and completions list exactly the options that --help lists.

usage: manual_test.py PROGRAM MANUAL_FOLDER
"""

import pathlib
import re
import subprocess
import sys
import unittest

PROGRAM, MANUAL = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))


def output(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True, **more).stdout


def help_of(command):
    return output(PROGRAM, *([command] if command else []), "--help")


def options_in_help(command):
    """Every option's names, as "-h" and "--help"."""
    found = re.findall(r"^  ((?:-\w,)?--[\w-]+|-\w)(?=\s|$)", help_of(command), re.MULTILINE)
    return {name for names in found for name in names.split(",")}


def commands_in_help():
    listed = help_of("").split("\nCommands:\n")[1]
    return re.findall(r"^  (\w[\w-]*)", listed.split("\n\n")[0], re.MULTILINE)


def page_of(command):
    return MANUAL / "man" / (f"matside-{command}.1" if command else "matside.1")


def sections(command):
    """The page as a terminal shows it, by its headings."""
    text = re.sub(".\b", "", output("mandoc", "-Tascii", "-Owidth=200", page_of(command)))
    parts = re.split(r"^([A-Z][A-Z ]+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def bash(*words, folder=None):
    """What bash offers for the last of the words."""
    script = f'source "{MANUAL}/bash/matside"; compopt() {{ :; }}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _matside; '
    offered = output("bash", "-c", script + 'printf "%s\\n" "${COMPREPLY[@]}"', "bash", "matside", *words, cwd=folder)
    return {line for line in offered.splitlines() if line}


def fish(*words, folder=None):
    script = f'source "{MANUAL}/fish/matside.fish"; complete -C "matside {" ".join(words)}"'
    offered = output("fish", "--no-config", "-c", script, cwd=folder)
    return {line.split("\t")[0] for line in offered.splitlines()}


def zsh_options(command):
    """The options that zsh's script names for a command."""
    text = (MANUAL / "zsh" / "_matside").read_text(encoding="utf-8")
    parts = re.split(r"^        ([\w-]+)\)$", text, flags=re.MULTILINE)
    part = dict(zip(parts[1::2], parts[2::2]))[command] if command else parts[0]
    return set(re.findall(r"^ +'(--?[\w-]+)", part, re.MULTILINE))


class Manual(unittest.TestCase):
    def setUp(self):
        self.commands = commands_in_help()
        self.assertIn("analyze", self.commands)

    def test_has_a_page_for_each_command_and_no_other(self):
        pages = {path.name for path in (MANUAL / "man").glob("*.1")}
        self.assertEqual(pages, {page_of(c).name for c in ["", *self.commands]})
        listed = sections("")
        self.assertEqual(re.findall(r"^ {7}(\w[\w-]*)", listed["COMMANDS"], re.MULTILINE), self.commands)
        self.assertEqual(re.findall(r"matside-([\w-]+)\(1\)", listed["SEE ALSO"]), self.commands)

    def test_tells_every_option_and_no_other(self):
        for command in ["", *self.commands]:
            told = re.findall(r"^ {7}(-.*)$", sections(command)["OPTIONS"], re.MULTILINE)
            names = {name for line in told for name in re.findall(r"(?:^|, )(--?[\w-]+)", line)}
            self.assertEqual(names, options_in_help(command), command)

    def test_tells_the_exit_codes_and_examples_of_help(self):
        text = help_of("")
        for code, meaning in re.findall(r"(\d+) ([\w ]+)", text.split("Exit codes: ")[1]):
            self.assertRegex(sections("")["EXIT STATUS"], rf"(?m)^ +{code} +{meaning}$")
        for command in ["", *self.commands]:
            for example in re.findall(r"^  (matside .*)$", help_of(command), re.MULTILINE):
                self.assertIn(example, sections(command)["EXAMPLES"], command)

    def test_is_sound_to_mandoc(self):
        lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *(MANUAL / "man").glob("*.1")], capture_output=True,
                              text=True, check=False)
        self.assertEqual((lint.stdout, lint.stderr), ("", ""))


class Completion(unittest.TestCase):
    def test_offers_every_option_and_no_other(self):
        for command in commands_in_help():
            options = options_in_help(command)
            self.assertEqual(bash(command, "-"), options, command)
            # fish offers the short names for one dash, the long ones for two.
            self.assertEqual(fish(command, "-") | fish(command, "--"), options, command)
            self.assertEqual(zsh_options(command), options, command)
        self.assertEqual(bash("-"), options_in_help(""))
        self.assertEqual(zsh_options(""), options_in_help(""))

    def test_offers_the_commands(self):
        commands = set(commands_in_help())
        self.assertEqual({word for word in bash("") if not word.startswith("-")}, commands)
        self.assertEqual(fish(""), commands)
        self.assertEqual(bash("an"), {word for word in commands if word.startswith("an")})

    def test_offers_what_a_value_may_be(self):
        folder = MANUAL.parent
        for shell in (bash, fish):
            self.assertEqual(shell("analyze", "--model", ""), {"lite", "full", "heavy"})
            self.assertEqual(shell("analyze", "--model", "h"), {"heavy"})
            self.assertEqual(shell("practice", "--level", ""), {"0", "1", "2", "3"})
            self.assertEqual(shell("serve", "--port", ""), set())
            folders = {name.rstrip("/") for name in shell("serve", "--data", "man", folder=folder)}
            self.assertEqual(folders, {"manual"})
            self.assertIn("manual/made", shell("analyze", "manual/ma", folder=folder))

    def test_is_sound_to_the_shells(self):
        output("bash", "-n", MANUAL / "bash" / "matside")
        output("zsh", "-n", MANUAL / "zsh" / "_matside")
        output("fish", "--no-execute", MANUAL / "fish" / "matside.fish")


if __name__ == "__main__":
    unittest.main()
