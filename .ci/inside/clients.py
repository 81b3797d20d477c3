"""Clients that come one after another, over TLS, until told to stop by SIGTERM; then prints how many were served, and what became
of the others, one line for each kind of failure. Ends with 1 if there was any.

    clients.py CERTIFICATE
"""

import collections
import http.client
import signal
import socket
import ssl
import sys

HOST = "plane.example"
over = False


def stop(_signal, _frame):
    global over
    over = True


def main():
    signal.signal(signal.SIGTERM, stop)
    tls = ssl.create_default_context(cafile=sys.argv[1])
    outcomes = collections.Counter()
    while not over:
        outcomes[outcome(tls)] += 1
    for what, count in outcomes.items():
        print(f"{count} times {what}")
    sys.exit(0 if set(outcomes) == {"served"} else 1)


def outcome(tls):
    try:
        with socket.create_connection(("127.0.0.1", 443), timeout=30) as plain:
            with tls.wrap_socket(plain, server_hostname=HOST) as secure:
                secure.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
                reply = http.client.HTTPResponse(secure)
                reply.begin()
                body = reply.read().decode()
                return "served" if body == "the page of the upstream\n" else f"{reply.status} {body}"
    except OSError as failure:
        return repr(failure)
    except http.client.HTTPException as failure:
        return repr(failure)


main()
