# Prints only what it should not have been able to read.
import os, sys

secret = sys.argv[1].encode()


def read(path, size=1 << 20):
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(size) or b""
    except OSError:
        return b""


for path in ("/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/kcore", "/proc/keys", "/proc/timer_list",
             "/proc/sched_debug", "/etc/shadow", "/etc/gshadow", "/dev/mem", "/dev/kmem", "/dev/kmsg",
             "/sys/firmware/acpi/tables/DSDT", "/sys/kernel/debug/sched_debug", "/sys/kernel/security/lsm"):
    if read(path, 64):
        print("read", path)
for name in os.listdir("/proc"):
    # Its own arguments name the secret to look for.
    if name.isdigit() and int(name) != os.getpid():
        for file in ("environ", "cmdline", "mountinfo", "stack"):
            if secret in read(f"/proc/{name}/{file}"):
                print("secret in", name, file)
print("processes", sorted(int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()))
print("environment", sorted(os.environ))
