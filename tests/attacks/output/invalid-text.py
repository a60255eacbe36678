import os

os.write(1, bytes(range(256)) + b"\xc3\x28\xed\xa0\x80\xf5")
