# For as long as it runs: looks wherever another run's source, input or output could show.
import os, sys, time

secret = sys.argv[1].encode()
itself = {os.getpid(), 1}


def contents(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.isfile(path) and not os.path.islink(path):
                try:
                    with open(path, "rb") as file:
                        yield path, file.read(1 << 16)
                except OSError:
                    pass


deadline = time.monotonic() + 1
seen = set()
while time.monotonic() < deadline:
    for folder in ("/box", "/tmp", "/dev/shm", "/dev/mqueue", "/run", "/var/tmp"):
        seen |= {path for path, content in contents(folder) if secret in content}
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) not in itself:
            seen.add(f"process {name}")
    with open("/proc/net/unix") as sockets:
        seen |= {line for line in sockets.read().splitlines()[1:]}
    time.sleep(0.02)
print(sorted(seen))
