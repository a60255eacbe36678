# Looks for what an earlier run left, then leaves something wherever it can.
import ctypes, os, socket

places = ["/box", "/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/run/lock", "/var/lock", "/home", "/root"]
mark = "left-behind"
libc = ctypes.CDLL(None)
found, left = [], []

for place in places:
    try:
        if mark in os.listdir(place):
            found.append(place)
    except OSError:
        pass
    try:
        with open(f"{place}/{mark}", "w") as file:
            file.write("x")
        left.append(place)
    except OSError:
        pass

for name, get in {
    "shared memory": lambda flags: libc.shmget(0x1234, 4096, flags),
    "semaphores": lambda flags: libc.semget(0x1234, 1, flags),
    "messages": lambda flags: libc.msgget(0x1234, flags),
}.items():
    if get(0) >= 0:
        found.append(name)
    if get(0o1666) >= 0:
        left.append(name)

try:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("\0" + mark)
    listening.listen()
    left.append("socket")
    if os.fork() == 0:
        os.setsid()
        listening.accept()
except OSError:
    found.append("socket")

processes = [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) not in (1, os.getpid())]
print("found", found, "processes", len(processes))
print("left", left, flush=True)
os._exit(0)
