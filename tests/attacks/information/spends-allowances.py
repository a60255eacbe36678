# The kernel counts some things by user over the whole host: who spends them all would leave none to a neighbour.
import ctypes, os, signal, sys, time

libc = ctypes.CDLL(None, use_errno=True)


def watches():
    count = 0
    while count < 100_000 and libc.inotify_init1(0) >= 0:
        count += 1
    return count


def signals():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
    count = 0
    while count < 200_000 and libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), None) == 0:
        count += 1
    return count


if sys.argv[1] == "spend":
    print(watches() > 0, signals() > 0, flush=True)
    time.sleep(1.5)
else:
    time.sleep(0.6)
    print(libc.inotify_init1(0) >= 0, signals() > 0)
