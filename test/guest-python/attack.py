"""What a hostile action tries that may read its inputs and write its outputs: each try ends in a word that is judged outside."""
import json
import os
import sys

INPUT = "output/given.csv"
outcomes = {}


def attempt(name, act):
    try:
        value = act()
        outcomes[name] = "reached: " + repr(value)[:200]
    except BaseException as error:
        outcomes[name] = "refused: " + type(error).__name__


def read(path):
    with open(path, "rb") as file:
        return file.read(20)


def write(path, data=b"x"):
    with open(path, "wb") as file:
        file.write(data)


def made(path):
    write(path)
    return path


def socket_connect():
    import socket

    socket.create_connection(("127.0.0.1", 80), 1)


def fetch():
    import urllib.request

    urllib.request.urlopen("http://127.0.0.1/")


def process():
    import subprocess

    subprocess.run(["/bin/sh", "-c", "true"], check=True)


def processes():
    import multiprocessing

    multiprocessing.Process(target=print).start()


def thread():
    import threading

    threading.Thread(target=print).start()


def library():
    import ctypes

    ctypes.CDLL("libc.so.6").getpid()


def database():
    import sqlite3

    sqlite3.connect("/etc/x.db").execute("create table a (b)")


def sparse():
    with open("big", "wb") as file:
        file.truncate(1 << 42)


def far():
    with open("far", "wb") as file:
        file.seek(1 << 60)
        file.write(b"x")


def many_open():
    files = [open("/tmp/one", "wb")]
    while len(files) < 3000:
        files.append(open("/tmp/one", "rb"))


def door(frame):
    import _host

    return _host.call(frame)


def descriptor():
    """A number that was never opened, and one that is read-only."""
    file = os.open(INPUT, os.O_RDONLY)
    os.write(file, b"x")


ATTEMPTS = {
    "read the machine": lambda: read("/etc/passwd"),
    "read it by ..": lambda: read("../../../../etc/passwd"),
    "read it below an input": lambda: read(INPUT + "/../../../etc/passwd"),
    "read the process": lambda: read("/proc/self/environ"),
    "read a disk": lambda: read("/dev/sda"),
    "read the host's request": lambda: read("../home/request.json"),
    "link to the machine": lambda: os.symlink("/etc", "etc"),
    "link an input": lambda: os.link(INPUT, "linked.csv"),
    "write to an input that is read": descriptor,
    "remove its folder": lambda: os.rmdir("output"),
    "rename its folder": lambda: os.rename("output", "else"),
    "write to the library": lambda: made("/usr/local/lib/pandas.py"),
    "write beside the folder": lambda: made("../x"),
    "write to the machine": lambda: made("/etc/x"),
    "make a folder at the top": lambda: os.mkdir("/workspace2"),
    "make a device": lambda: os.mkfifo("fifo"),
    "open a socket": socket_connect,
    "fetch an address": fetch,
    "start a process": process,
    "start a shell": lambda: os.system("true"),
    "fork": lambda: os.fork(),
    "start processes": processes,
    "start a thread": thread,
    "load a library": library,
    "kill a process": lambda: os.kill(1, 9),
    "write a database elsewhere": database,
    "make an enormous file": sparse,
    "write far away": far,
    "open thousands of files": many_open,
    "use a name with a zero": lambda: made("a\0b"),
    "use a name that is no text": lambda: made(b"\xff"),
    "use a long name": lambda: made("x" * 300),
    "use a long path": lambda: os.makedirs("/".join(["x" * 200] * 30)),
    "move a folder into itself": lambda: (os.makedirs("/tmp/a/b"), os.rename("/tmp/a", "/tmp/a/b/c")),
    "send an empty frame": lambda: door(b""),
    "send a frame that lies about its length": lambda: door(b"\xff\xff\xff\xff{}"),
}

for name, act in ATTEMPTS.items():
    attempt(name, act)


def replace():
    write("/tmp/mine")
    os.replace("/tmp/mine", INPUT)


# What it was given it may change for itself: nothing of that leaves.
for act in (
    lambda: write("analysis/attack.py"),
    lambda: write("project.yaml"),
    lambda: open(INPUT, "ab").write(b"x"),
    lambda: open(INPUT, "r+b").write(b"x"),
    lambda: os.truncate(INPUT, 0),
    replace,
    lambda: os.rename(INPUT, "/tmp/other.csv"),
    lambda: write(INPUT),
    lambda: os.remove("analysis/given.py"),
):
    act()

seen = {
    "top": sorted(os.listdir("/")),
    "environment": dict(os.environ),
    "name": os.uname().nodename if hasattr(os, "uname") else "",
    "words": sys.argv,
    "door": [door(b"\x02\x00\x00\x00{}"), door(b"\x04\x00\x00\x00nullx"), door(b'\x10\x00\x00\x00{"kind":"cell"}  ')].count(b""),
}
sys.stdout.write("x" * 3_000_000)
with open("output/attack.json", "w") as file:
    json.dump({"outcomes": outcomes, "seen": seen}, file)
