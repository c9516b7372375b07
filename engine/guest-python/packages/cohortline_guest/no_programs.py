"""There are no other processes. git is answered for: an action's folder is no repository, there as in a container."""
import errno
import io
import os

from cohortline_guest.on_import import on_import

SAID = "fatal: not a git repository (or any of the parent directories): .git\n"


def install():
    on_import("subprocess", _of_subprocess)


def _of_subprocess(subprocess):
    class Popen(subprocess.Popen):
        def __init__(self, args, bufsize=-1, *words, stdin=None, stdout=None, stderr=None, **options):
            first = args.split()[0] if isinstance(args, str) and args.strip() else args
            program = os.fspath(first[0] if isinstance(first, (list, tuple)) and first else first)
            if os.path.basename(program) != "git":
                raise OSError(errno.ENOTSUP, "no other program can be run (in the sandbox)", program)
            is_text = any(options.get(name) for name in ("text", "universal_newlines", "encoding", "errors"))
            told = lambda text: io.StringIO(text) if is_text else io.BytesIO(text.encode())
            self.args, self.pid, self.returncode = args, 0, 128
            self.stdin = None
            self.stdout = told("") if stdout == subprocess.PIPE else None
            self.stderr = told(SAID) if stderr == subprocess.PIPE else None

        def communicate(self, input=None, timeout=None):
            return tuple(stream and stream.read() for stream in (self.stdout, self.stderr))

        def poll(self):
            return self.returncode

        def wait(self, timeout=None):
            return self.returncode

        def __exit__(self, *_):
            pass

        def __del__(self, *_):
            pass

    subprocess.Popen = Popen
