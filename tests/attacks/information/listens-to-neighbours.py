# Two of these run at once: whatever one leaves in shared places, the other must not meet.
import ctypes, fcntl, os, sys, time

libc = ctypes.CDLL(None, use_errno=True)
met = []


def lock(path):
    try:
        file = os.open(path, os.O_RDONLY)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file
    except BlockingIOError:
        met.append(f"lock of {path}")


held = [lock(path) for path in (sys.executable, "/etc/passwd", "/usr", "/")]
try:
    fcntl.fcntl(os.open("/etc/passwd", os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_WRLCK)
    met.append("a lease")
except OSError:
    pass
if libc.shmget(0x77, 4096, 0) >= 0:
    met.append("shared memory")
libc.shmget(0x77, 4096, 0o1666)
if os.listdir("/dev/shm") or os.listdir("/dev/mqueue"):
    met.append("memory files")
open("/dev/shm/seen", "w").close()
time.sleep(0.8)
print(met)
