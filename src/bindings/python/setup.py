"""Builds the wheel: pip install ./src/bindings/python in a checkout of Matside. CMake compiles the module.

Needs a C++20 compiler, CMake 3.25, ninja, pybind11, and the headers of nlohmann-json, fmt, liblzma and libcsv.
"""

import os
import pathlib
import re
import subprocess
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = pathlib.Path(__file__).resolve().parents[3]
if not (ROOT / "CMakeLists.txt").is_file():
    sys.exit("matside: build it in a checkout of Matside; the module is compiled from the engine's sources there")
PROJECT = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
VERSION = re.search(r"project\(matside VERSION ([0-9.]+)", PROJECT).group(1)
BUILD = ROOT / "build" / f"wheel-{sys.implementation.cache_tag}"
BUILD.mkdir(parents=True, exist_ok=True)


def pybind11_folder():
    """Where pip's pybind11 is; Debian's is found by CMake."""
    try:
        import pybind11
    except ImportError:
        return []
    return [f"-Dpybind11_DIR={pybind11.get_cmake_dir()}"]


class CMakeBuild(build_ext):
    def build_extension(self, extension):
        built = BUILD / "cmake"
        subprocess.check_call(
            [
                "cmake",
                "-S",
                ROOT,
                "-B",
                built,
                "-G",
                "Ninja",
                "-DCMAKE_BUILD_TYPE=Release",
                "-DMATSIDE_UNITY=ON",
                "-DMATSIDE_WHEEL=ON",
                f"-DPython_EXECUTABLE={sys.executable}",
                *pybind11_folder(),
            ]
        )
        jobs = str(len(os.sched_getaffinity(0)))
        subprocess.check_call(["cmake", "--build", built, "-j", jobs, "--target", "matside_python"])
        target = pathlib.Path(self.get_ext_fullpath(extension.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        self.copy_file(built / "python" / "matside" / target.name, target)


setup(
    version=VERSION,
    ext_modules=[Extension("matside._native", sources=[])],
    cmdclass={"build_ext": CMakeBuild},
    # Nothing is written beside the sources.
    options={"build": {"build_base": str(BUILD)}, "egg_info": {"egg_base": str(BUILD)}},
)
