"""Runs a program that finds folders of this machine at the paths that notebooks know: /dbfs, /Workspace.

    python -I -S places.py ROOT PATH=FOLDER... -- PROGRAM ARGUMENT...

Where the system lets us, the program gets a view of the file system of its own (a mount namespace): everything as it is, and each
FOLDER at its PATH. A file may stand where there is no folder, and says why. The root itself is the folder ROOT, so that what the
program makes there does not land in the machine's. In a container that forbids this but runs us as root, PATH becomes a link. Where
neither works the program runs without, and SLIPWAY_PLACES in its environment says why.
"""

import ctypes
import os
import stat
import sys

NEWNS = 0x00020000
NEWUSER = 0x10000000
BIND = 0x1000
REC = 0x4000
SLAVE = 1 << 19
DETACH = 2
# pivot_root has no function in the C library.
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "ppc64le": 203, "s390x": 217, "riscv64": 41}

libc = ctypes.CDLL(None, use_errno=True)


def check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def mount(source, target, kind, flags):
    text = [None if value is None else os.fsencode(value) for value in (source, target, kind)]
    check(libc.mount(text[0], text[1], text[2], ctypes.c_ulong(flags), None), f"mount {target}")


def separate():
    """Makes this process the only one that sees its mounts."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        check(libc.unshare(NEWNS), "unshare")
    else:
        check(libc.unshare(NEWUSER | NEWNS), "unshare")
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    mount(None, "/", None, REC | SLAVE)


def possible():
    """Tries it in a child: a process that has half of it cannot go back."""
    child = os.fork()
    if child == 0:
        try:
            separate()
            mount("/", "/", None, BIND | REC)
            os._exit(0)
        except OSError as e:
            os._exit(min(e.errno or 1, 255))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def at(root, path):
    return os.path.join(root, path.lstrip("/"))


def view(root, places):
    """Builds the view in ROOT and enters it."""
    separate()
    mount(root, root, None, BIND | REC)
    taken = {path.lstrip("/") for path, _ in places}
    for name in os.listdir("/"):
        source, target = "/" + name, at(root, name)
        if name in taken:
            continue
        kind = os.lstat(source).st_mode
        if stat.S_ISLNK(kind):
            if not os.path.lexists(target):
                os.symlink(os.readlink(source), target)
        elif stat.S_ISDIR(kind):
            os.makedirs(target, exist_ok=True)
            mount(source, target, None, BIND | REC)
        elif stat.S_ISREG(kind):
            os.close(os.open(target, os.O_CREAT | os.O_RDONLY))
            mount(source, target, None, BIND)
    for path, folder in places:
        target = at(root, path)
        if os.path.isfile(folder):
            os.close(os.open(target, os.O_CREAT | os.O_RDONLY))
        else:
            os.makedirs(target, exist_ok=True)
        mount(folder, target, None, BIND | REC)
    here = os.getcwd()
    os.chdir(root)
    check(libc.syscall(PIVOT_ROOT[os.uname().machine], b".", b"."), "pivot_root")
    check(libc.umount2(b".", DETACH), "umount")
    os.chdir(here)


def container():
    return os.path.exists("/.dockerenv") or os.path.exists("/run/.containerenv") or "KUBERNETES_SERVICE_HOST" in os.environ


def link(places):
    for path, folder in places:
        if os.path.islink(path) and os.readlink(path) == folder:
            continue
        os.symlink(folder, path)


def prepare(root, places):
    """Empty if it worked, else why it did not."""
    try:
        if not sys.platform.startswith("linux") or os.uname().machine not in PIVOT_ROOT:
            return f"{sys.platform} has no mount namespaces"
        refused = possible()
        if refused == 0:
            view(root, places)
            return ""
        if os.geteuid() == 0 and container():
            link(places)
            return ""
        return f"the system does not let this user mount: {os.strerror(refused)}"
    except OSError as e:
        return str(e)


def main(arguments):
    end = arguments.index("--")
    root = os.path.realpath(arguments[0])
    os.makedirs(root, exist_ok=True)
    places = [tuple(pair.split("=", 1)) for pair in arguments[1:end]]
    problem = prepare(root, places)
    if problem:
        os.environ["SLIPWAY_PLACES"] = problem
        print(f"without {', '.join(path for path, _ in places)}: {problem}", file=sys.stderr)
    program = arguments[end + 1 :]
    os.execvp(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])
