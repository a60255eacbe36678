import os, socket, stat

for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/host", "/mnt/host",
             "/var/lib/docker", "/.dockerenv.key", "/run/secrets"):
    if os.path.lexists(path):
        print("there is", path)
with open("/proc/self/mountinfo") as mounts:
    for line in mounts:
        before, after = line.split(" - ")
        place, kind = before.split()[4], after.split()[0]
        known = kind in ("overlay", "proc", "tmpfs", "sysfs", "devpts", "mqueue") or kind.startswith("cgroup")
        if not known:
            print("mounted", place, "writable" if os.access(place, os.W_OK) else "read-only")
for folder, folders, names in os.walk("/dev"):
    for name in names:
        found = os.lstat(os.path.join(folder, name))
        if stat.S_ISBLK(found.st_mode):
            print("block device", name)
for folder, folders, names in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/sys")]
    for name in names:
        if stat.S_ISSOCK(os.lstat(os.path.join(folder, name)).st_mode):
            print("socket", folder, name)
