"""Answers NoProp Lab's questions for u by a function in a file: ownModel.py FILE FUNCTION DIMENSION

Questions come on standard input, answers go to standard output, both little-endian.
A question is n (uint32), then t, alphaBar and log-SNR (float32), then n x d numbers of z (float32).
An answer is the four bytes NPL1, its kind and its length in bytes (uint32), then its bytes: the version of Python
(kind 0), nothing once the file is loaded (1), n x d numbers (float32, 2), or why there is none (UTF-8, 3).
Whatever the file prints goes to standard error. Only Python's standard library is needed.
"""

import os
import sys

# The streams of questions and answers are kept apart, so that no print of anybody gets in between.
questions = os.fdopen(os.dup(0), "rb")
answers = os.fdopen(os.dup(1), "wb")
nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(nothing, 0)
os.dup2(2, 1)

import array
import signal
import struct
import traceback

# Ctrl-C in a terminal is for the command, which then ends this process where it must.
signal.signal(signal.SIGINT, signal.SIG_IGN)

STARTED, LOADED, ANSWER, FAILURE = 0, 1, 2, 3

if sys.platform == "win32":
    import msvcrt

    for stream in (questions, answers):
        msvcrt.setmode(stream.fileno(), os.O_BINARY)


def answer(kind, content=b""):
    answers.write(struct.pack("<4sII", b"NPL1", kind, len(content)))
    answers.write(content)
    answers.flush()


def last_lines(error):
    """The last places of a traceback that are not in this file, and what went wrong."""
    places = [place for place in traceback.extract_tb(error.__traceback__) if place.filename != __file__]
    places = [place for place in places if not place.filename.startswith("<frozen")]
    lines = traceback.format_list(places[-3:]) + traceback.format_exception_only(type(error), error)
    return "".join(lines).rstrip()


def fail(text):
    answer(FAILURE, text.encode("utf-8", "replace"))


def load(file, name):
    import importlib.util

    sys.path.insert(0, os.path.dirname(file))
    spec = importlib.util.spec_from_file_location("noprop_own_model", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found = getattr(module, name, None)
    if not callable(found):
        names = [key for key, value in vars(module).items() if callable(value) and not key.startswith("_")]
        raise LookupError("there is no function %s in it, only: %s" % (name, ", ".join(names) or "none"))
    return found


def read(size):
    """So many bytes; the process ends where the other side is gone."""
    content = questions.read(size)
    if len(content) < size:
        os._exit(0)
    return content


def shape_text(shape):
    return " x ".join(str(size) for size in shape) or "one number"


def check_shape(shape, n, d):
    if tuple(shape) != (n, d) and not (d == 1 and tuple(shape) == (n,)):
        raise ValueError("it returned %s where %s is needed" % (shape_text(shape), shape_text((n, d))))


def numbers(value, n, d):
    """What a function returned, as bytes of float32: a tensor, an array, or a list of rows."""
    if hasattr(value, "detach"):  # a tensor of PyTorch, of any type and on any device
        value = value.detach().cpu().float()
        check_shape(value.shape, n, d)
        value = value.reshape(-1).tolist()
    elif hasattr(value, "astype") and hasattr(value, "shape"):  # an array of NumPy, or one like it
        check_shape(value.shape, n, d)
        return value.astype("<f4").tobytes()
    else:
        try:
            rows = list(value)
        except TypeError:
            raise TypeError("it returned %r where %s numbers are needed" % (type(value).__name__, shape_text((n, d))))
        widths = set(len(row) if hasattr(row, "__len__") else None for row in rows)
        if len(widths) > 1:
            raise ValueError("it returned rows of different lengths where %s is needed" % shape_text((n, d)))
        width = widths.pop() if widths else None
        check_shape((len(rows),) if width is None else (len(rows), width), n, d)
        value = rows if width is None else [number for row in rows for number in row]
    packed = array.array("f", [single(number) for number in value])
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def single(number):
    """A number that float32 can hold; one that is too large becomes infinite."""
    number = float(number)
    return number if abs(number) < 3.4e38 or number != number else float("inf") * (1 if number > 0 else -1)


def states(content, n, d):
    """z, n x d: an array of NumPy where the file has loaded that, else a list of n lists."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and hasattr(numpy, "frombuffer"):
        return numpy.frombuffer(content, "<f4").astype("f4").reshape(n, d)
    flat = struct.unpack("<%df" % (n * d), content)
    return [list(flat[i : i + d]) for i in range(0, n * d, d)]


def main():
    file, name, d = sys.argv[1], sys.argv[2], int(sys.argv[3])
    answer(STARTED, sys.version.split()[0].encode())
    try:
        function = load(file, name)
    except BaseException as error:
        fail(last_lines(error))
        return
    answer(LOADED)
    while True:
        n, t, alpha_bar, log_snr = struct.unpack("<Ifff", read(16))
        content = read(4 * n * d)
        try:
            made = numbers(function(states(content, n, d), t, alpha_bar, log_snr), n, d)
        except BaseException as error:
            fail(last_lines(error))
        else:
            answer(ANSWER, made)


main()
