"""Reads each stream of the first file (a line in hexadecimal) as an HTTP server would, with h11, and writes a line of the
second: the whole requests, each "method target body" in hexadecimal, with commas between; or "!" and what is wrong."""

import sys

import h11

LARGEST_HEAD = 256 * 1024


def requests(stream):
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST_HEAD)
    connection.receive_data(stream)
    whole = []
    while True:
        request = connection.next_event()
        if not isinstance(request, h11.Request):
            return whole
        body = b""
        event = connection.next_event()
        while isinstance(event, h11.Data):
            body += event.data
            event = connection.next_event()
        if not isinstance(event, h11.EndOfMessage):
            return whole
        whole.append((request.method + b" " + request.target + b" " + body).hex())
        connection.send(h11.Response(status_code=200, headers=[("Content-Length", "0")]))
        connection.send(h11.EndOfMessage())
        connection.start_next_cycle()


def reading(stream):
    try:
        return ",".join(requests(stream))
    except h11.ProtocolError as error:
        return "!" + str(error)


with open(sys.argv[1]) as streams, open(sys.argv[2], "w") as readings:
    for line in streams:
        print(reading(bytes.fromhex(line)), file=readings)
