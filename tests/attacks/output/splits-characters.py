import os, time

for byte in "snow ❄ 雪 😀".encode():
    os.write(1, bytes([byte]))
    time.sleep(0.01)
