import os, signal, sys, time

target = {"self": os.getpid(), "group": 0, "parent": os.getppid()}[sys.argv[1]]
try:
    os.kill(target, signal.SIGSTOP)
    print("sent", flush=True)
except PermissionError:
    print("refused", flush=True)
time.sleep(600)
