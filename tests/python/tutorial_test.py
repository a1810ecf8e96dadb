"""Does what docs/python.md shows, in order, as a reader would: one program from all its cells, in a folder with the
recording that it names."""

import contextlib
import io
import os
import pathlib
import re
import shutil
import tempfile
import unittest

import practice_poses as practice


def cells():
    """The Python code of the tutorial, cell by cell."""
    text = (practice.ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    return re.findall(r"(?ms)^```python\n(.*?)^```$", text)


def shown():
    """What the tutorial says that its cells print."""
    text = (practice.ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    return "".join(re.findall(r"(?ms)^```text\n(.*?)^```$", text))


class Tutorial(unittest.TestCase):
    def test_every_cell_runs_and_prints_what_the_page_shows(self):
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                shutil.copy(practice.CLIP, "practice.mp4")
                printed = io.StringIO()
                names = {"__name__": "__main__"}
                with contextlib.redirect_stdout(printed):
                    for number, cell in enumerate(cells(), 1):
                        exec(compile(cell, f"docs/python.md, cell {number}", "exec"), names)
            finally:
                os.chdir(before)
        self.assertGreaterEqual(len(cells()), 6)
        self.expect_alike(printed.getvalue(), shown())

    def expect_alike(self, printed, page):
        """The last digits of what the networks measure differ from processor to processor."""
        given, wanted = printed.split(), page.split()
        self.assertEqual(len(given), len(wanted), printed)
        for one, other in zip(given, wanted):
            if re.fullmatch(r"\d+\.\d+,?", other):
                self.assertAlmostEqual(float(one.rstrip(",")), float(other.rstrip(",")), delta=1.0, msg=printed)
            else:
                self.assertEqual(one, other, printed)


if __name__ == "__main__":
    unittest.main()
