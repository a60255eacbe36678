import os, sys

written = 0
try:
    with open(sys.argv[1] + "/hoard", "wb", buffering=0) as file:
        while True:
            written += file.write(bytes(1 << 20))
except OSError as error:
    print(written >> 20, error.strerror)
