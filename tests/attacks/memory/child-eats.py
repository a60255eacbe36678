import os

if os.fork() == 0:
    hoard = []
    while True:
        hoard.append(bytearray(1 << 20))
os.wait()
print("the parent is well")
