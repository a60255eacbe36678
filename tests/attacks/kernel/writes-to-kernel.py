import glob, os, resource

written = []
for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/kernel/hostname", "/proc/1/oom_score_adj",
             "/proc/sys/vm/overcommit_memory", "/proc/sys/net/ipv4/ip_forward", "/proc/sys/kernel/modprobe",
             "/proc/1/mem", "/proc/1/comm", "/proc/acpi/wakeup", "/proc/irq/default_smp_affinity",
             "/sys/kernel/uevent_helper", "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory.max",
             "/sys/fs/cgroup/pids/pids.max", "/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/cgroup.procs",
             "/sys/fs/cgroup/memory/release_agent", "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/loop-control", "/dev/kvm",
             "/dev/fuse", "/dev/net/tun"):
    try:
        os.write(os.open(path, os.O_WRONLY), b"1")
        written.append(path)
    except OSError:
        pass
for folder, _, names in os.walk("/proc/sys"):
    for name in names:
        try:
            os.close(os.open(os.path.join(folder, name), os.O_WRONLY))
            written.append(os.path.join(folder, name))
        except OSError:
            pass
print("written", written)
print("core", resource.getrlimit(resource.RLIMIT_CORE))
try:
    os.mkdir("/dev/fake")
    print("made a device folder")
except OSError as error:
    print(error.strerror)
