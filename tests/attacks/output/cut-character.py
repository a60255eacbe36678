import os

os.write(1, "é".encode() * 1000)
