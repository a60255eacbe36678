import os

fd = os.memfd_create("hoard")
while True:
    os.write(fd, bytes(1 << 20))
