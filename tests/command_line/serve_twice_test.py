#!/usr/bin/env python3
"""matside serve --open opens the page of a server that is already running: serve_twice_test.py PROGRAM"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)


class ServedTwice(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # What the browser would open comes through a pipe, so that nobody has to wait for a time.
        os.mkfifo(self.folder / "opened")
        browser = self.folder / "xdg-open"
        browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" >"{self.folder}/opened"\n', encoding="utf-8")
        browser.chmod(0o755)
        self.environment = dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}")
        self.command = [PROGRAM, "serve", "--data", str(self.folder / "data"), "--port", "0", "--model", "lite"]

    def test_opens_the_page_that_is_there(self):
        with subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True) as served:
            try:
                url = served.stdout.readline().split()[2]
                with subprocess.Popen([*self.command, "--open"], env=self.environment, stdout=subprocess.PIPE, text=True) as second:
                    opened = (self.folder / "opened").read_text(encoding="utf-8")
                    said = second.stdout.read()
                self.assertEqual(opened, url)
                self.assertEqual(said, f"Matside is already running: {url}\n")
                self.assertEqual(second.returncode, 0)
                refused = subprocess.run(self.command, capture_output=True, text=True, check=False)
                self.assertEqual(refused.returncode, 2)
                self.assertIn("another matside serve", refused.stderr)
            finally:
                served.terminate()
        self.assertEqual(served.returncode, 0)

    def test_serves_by_itself_once_the_other_is_gone(self):
        (self.folder / "data").mkdir()
        (self.folder / "data" / "serving.lock").write_text("http://127.0.0.1:1/", encoding="utf-8")
        with subprocess.Popen([*self.command, "--open"], env=self.environment, stdout=subprocess.PIPE, text=True) as served:
            try:
                url = served.stdout.readline().split()[2]
                self.assertEqual((self.folder / "opened").read_text(encoding="utf-8"), url)
                self.assertNotEqual(url, "http://127.0.0.1:1/")
            finally:
                served.terminate()


if __name__ == "__main__":
    unittest.main()
