# Trees that a clean-up by path cannot name, enter or unlink.
import os

for root in ("/box", "/tmp"):
    os.chdir(root)
    for _ in range(400):
        os.mkdir("d" * 255)
        os.chdir("d" * 255)
    os.close(os.open("f" * 255, os.O_CREAT))
    os.chdir(root)
    os.mkdir("locked")
    os.close(os.open("locked/file", os.O_CREAT))
    os.chmod("locked/file", 0)
    os.chmod("locked", 0o1000)
    for name in (b"new\nline", b"\xff\xfe", b"-rf", b"*", b" "):
        os.close(os.open(root.encode() + b"/" + name, os.O_CREAT))
os.chdir("/box")
os.link("main.py", "/box/link") if os.path.exists("main.py") else None
print("hidden")
