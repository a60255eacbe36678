import os, signal

if os.fork() == 0:
    signal.pause()
for target in (-1, 1):
    try:
        os.kill(target, signal.SIGKILL)
        print(target, "sent", flush=True)
    except OSError as error:
        print(target, error.strerror, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
