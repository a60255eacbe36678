import errno, os

file = os.open("huge", os.O_CREAT | os.O_RDWR)
for name, attempt in {
    "truncate": lambda: os.truncate(file, 1 << 40),
    "fallocate": lambda: os.posix_fallocate(file, 0, 1 << 40),
    "seek": lambda: os.pwrite(file, b"x", 1 << 40),
}.items():
    try:
        attempt()
        print(name, "done")
    except OSError as error:
        print(name, errno.errorcode[error.errno])
print(os.fstat(file).st_blocks)
