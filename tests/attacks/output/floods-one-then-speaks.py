# As much as is allowed on one stream, a word on the other.
import os

os.write(2, b"still heard\n")
for _ in range(16):
    os.write(1, b"y" * 65536)
os.write(2, b"to the end\n")
