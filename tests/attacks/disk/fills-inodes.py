import os

for folder in ("/box", "/tmp"):
    count = 0
    try:
        while count < 1_000_000:
            os.close(os.open(f"{folder}/{count}", os.O_CREAT))
            count += 1
        print(folder, "never full")
    except OSError as error:
        print(folder, error.strerror, count <= 4096)
    for number in range(count):
        os.unlink(f"{folder}/{number}")
