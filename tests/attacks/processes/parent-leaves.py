# The child holds both streams open and writes on.
import os, time

if os.fork() == 0:
    while True:
        time.sleep(0.05)
        os.write(1, b"child\n")
os.write(1, b"parent\n")
os._exit(0)
