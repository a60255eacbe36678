# Every daemon leaves session, parent and streams, and ignores what it can.
import os, signal, time


def daemon():
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_IGN)
    os.closerange(0, 3)
    while True:
        time.sleep(600)


for _ in range(10):
    if os.fork() == 0:
        daemon()
os.write(1, b"parent ends\n")
os._exit(0)
