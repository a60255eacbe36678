import os, sys

total = 0
for folder in ("/box", "/tmp", "/dev/shm", "/", "/etc", "/var/tmp", "/usr", "/run", "/dev"):
    written = 0
    try:
        for number in range(100):
            with open(f"{folder}/fill-{number}", "wb", buffering=0) as file:
                for _ in range(1024):
                    written += file.write(bytes(1 << 16))
        verdict = "never full"
    except OSError as error:
        verdict = os.strerror(error.errno)
    print(folder, verdict, flush=True)
    total += written
    if len(sys.argv) > 1:
        for number in range(100):
            if os.path.exists(f"{folder}/fill-{number}"):
                os.unlink(f"{folder}/fill-{number}")
print("bounded" if total <= 64 << 20 else f"wrote {total}")
