"""Makes numpy compute the same bits on every x86-64 machine with AVX2; import it before numpy.

OpenBLAS and numpy choose their kernels by the processor they find, and kernels round differently.
Here both are held to those of AVX2, on one thread. Versions are pinned in the README.
"""
import os
import sys

PYTHON = (3, 11)

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OPENBLAS_CORETYPE"] = "Haswell"
os.environ["NPY_DISABLE_CPU_FEATURES"] = "X86_V4 AVX512_ICL AVX512_SPR"


def warn_of_differences():
    """Say on standard error what may make this machine's model differ from the shipped one."""
    from numpy._core._multiarray_umath import __cpu_features__ as features

    if not features.get("X86_V3"):
        print("no AVX2: the model will be as good as the shipped one, not equal", file=sys.stderr)
    if sys.version_info[:2] != PYTHON:
        print("not Python 3.11: the pairs may differ a little", file=sys.stderr)
