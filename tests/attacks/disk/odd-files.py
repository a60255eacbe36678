import os, shutil, socket

for name in ("main.py", "output.txt", ".program"):
    if os.path.lexists(name):
        os.unlink(name)
os.mkfifo("main.py")
os.mkfifo("output.txt")
socket.socket(socket.AF_UNIX).bind(".program")
os.makedirs("result.json/stdout")
try:
    os.mknod("device", 0o020666, os.makedev(1, 3))
    print("made a device")
except PermissionError:
    print("no device")
