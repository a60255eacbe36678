import os, shutil, stat, subprocess

for folder, folders, names in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/sys")]
    for name in names:
        path = os.path.join(folder, name)
        mode = os.lstat(path).st_mode
        if stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID):
            told = subprocess.run([path], stdin=subprocess.DEVNULL, capture_output=True, timeout=5)
            print("set-id", path, b"root" in told.stdout)
        if stat.S_ISREG(mode) and "security.capability" in os.listxattr(path, follow_symlinks=False):
            print("capable", path)
for tool in ("sudo", "su", "pkexec", "doas", "newgrp"):
    if shutil.which(tool):
        answer = subprocess.run([tool, "-c", "id -u"], stdin=subprocess.DEVNULL, capture_output=True, timeout=5)
        print(tool, "is root" if answer.stdout.strip() == b"0" else "is refused")
shutil.copy("/bin/sh", "shell")
os.chmod("shell", 0o6755)
identity = subprocess.run(["./shell", "-pc", "id -u; id -g"], capture_output=True, text=True).stdout.split()
print("copy is", "the same" if identity == [str(os.getuid()), str(os.getgid())] != ["0", "0"] else identity)
for name, attempt in {
    "setuid": lambda: os.setuid(0),
    "setgid": lambda: os.setgid(0),
    "setgroups": lambda: os.setgroups([0]),
    "chown": lambda: os.chown("shell", 0, 0),
    "nice": lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
}.items():
    try:
        attempt()
        print(name, "allowed")
    except OSError as error:
        print(name, error.strerror)
with open("/proc/self/status") as status:
    print(*sorted(line.split()[1] for line in status if line.startswith("Cap")))
