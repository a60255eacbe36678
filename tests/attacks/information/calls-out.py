import errno, socket, sys

port = int(sys.argv[1])


def attempt(name, action):
    try:
        print(name, "reached", action())
    except socket.gaierror:
        print(name, "unresolved")
    except OSError as error:
        print(name, errno.errorcode.get(error.errno, error))


def connect(family, address):
    with socket.socket(family) as stream:
        stream.settimeout(1)
        stream.connect(address)


def send(family, address):
    with socket.socket(family, socket.SOCK_DGRAM) as datagram:
        datagram.sendto(b"hello", address)


v4, v6 = socket.AF_INET, socket.AF_INET6
for address in ("169.254.169.254", "8.8.8.8", "172.17.0.1", "10.0.0.1", "192.168.1.1"):
    attempt(f"tcp {address}", lambda: connect(v4, (address, 80)))
    attempt(f"udp {address}", lambda: send(v4, (address, 53)))
attempt("tcp 2001:4860:4860::8888", lambda: connect(v6, ("2001:4860:4860::8888", 80)))
attempt("udp fe80::1", lambda: send(v6, ("fe80::1", 53)))
attempt("broadcast", lambda: send(v4, ("255.255.255.255", 9)))
for name in ("redis", "mongo", "gateway", "host.docker.internal", "example.com"):
    attempt(f"name {name}", lambda: socket.getaddrinfo(name, 80))
for other in (port, 6379, 27017, 2375, 22):
    attempt("localhost", lambda: connect(v4, ("127.0.0.1", other)))
try:
    socket.socket(v4, socket.SOCK_DGRAM, socket.IPPROTO_ICMP).sendto(b"\x08" + bytes(7), ("8.8.8.8", 0))
    print("icmp sent")
except OSError:
    # Unreachable, or no socket at all: the host's ping_group_range decides.
    print("icmp refused")
attempt("raw", lambda: socket.socket(v4, socket.SOCK_RAW, socket.IPPROTO_ICMP))
print("interfaces", [name for _, name in socket.if_nameindex()])
