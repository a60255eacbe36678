# Families, types and protocols: prints those that are given.
import socket

given = []
for family in range(0, 64):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind, 0).close()
            given.append((family, int(kind)))
        except OSError:
            pass
print(given)
netlink = []
for protocol in range(0, 32):
    try:
        socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol).close()
        netlink.append(protocol)
    except OSError:
        pass
print("netlink", netlink)
