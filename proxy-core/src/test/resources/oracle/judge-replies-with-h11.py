"""Each line of the first file tells, in hexadecimal, what an upstream wrote before it closed and what a client got who had asked
twice, and between them whether the upstream's connection served the second request too. Writes a line each to the second file: what
h11 makes of it ("own", "whole", "cut" or "nothing"), or "!" and the law that does not hold."""

import re
import sys

import h11

LARGEST = 1 << 20
REQUEST = h11.Request(method="GET", target="/", headers=[("Host", "plane.example")])


class Reply:
    """A reply as far as it has been read."""

    def __init__(self):
        self.head = None
        self.body = b""
        self.whole = False

    @property
    def status(self):
        return self.head.status_code

    @property
    def is_the_proxys_own(self):
        return b"x-plane-proxy-cause" in dict(self.head.headers)

    @property
    def keeps_an_old_connection(self):
        """h11 closes behind HTTP/1.0 whatever it says; RFC 9112 §9.3 lets it stay open where both ask for it."""
        lines = [value for name, value in self.head.headers if name == b"connection"]
        options = [option.strip() for option in b",".join(lines).lower().split(b",")]
        return self.head.http_version == b"1.0" and b"keep-alive" in options

    def read(self, connection):
        while not self.whole:
            event = connection.next_event()
            if isinstance(event, h11.Response):
                self.head = event
            elif isinstance(event, h11.Data):
                self.body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                self.whole = True
            elif not isinstance(event, h11.InformationalResponse):
                return self
        return self


def ask(connection):
    connection.send(REQUEST)
    connection.send(h11.EndOfMessage())


def client():
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST)
    ask(connection)
    return connection


def of_upstream(stream):
    """What h11 makes of the upstream's own bytes, its end included; and whether its connection could serve again."""
    connection = client()
    connection.receive_data(stream)
    reply = Reply()
    try:
        reply.read(connection)
    except h11.RemoteProtocolError as error:
        # h11 also reads those two among the trailers, where they mean nothing (RFC 9110 §6.5.1) and are not passed on.
        if reply.head is None or not re.search("Content-Length|Transfer-Encoding", str(error)):
            raise
        reply.whole = True
        return reply, True
    left, _ = connection.trailing_data
    again = reply.whole and not left and (connection.their_state is h11.DONE or reply.keeps_an_old_connection)
    if not reply.whole:
        connection.receive_data(b"")
        try:
            reply.read(connection)
        except h11.RemoteProtocolError:
            pass  # cut
    return reply, again


def says_one_length(stream):
    """h11 compares the letters; the same number twice is one length, also with zeros in front (RFC 9110 §8.6)."""
    return len({int(length) for length in re.findall(rb"(?im)^content-length:[ \t]*([0-9]+)[ \t]*\r$", stream)}) == 1


def judge(upstream, reused, got):
    connection = client()
    connection.receive_data(got)
    first = Reply().read(connection)
    if first.head is None:
        return "nothing"
    if first.is_the_proxys_own:
        return "own" if first.whole and first.status == 502 and not reused else "!an answer of our own that is odd"
    try:
        meant, again = of_upstream(upstream)
    except h11.RemoteProtocolError as error:
        if "conflicting Content-Length" in str(error) and says_one_length(upstream):
            return "whole" if first.whole else "cut"
        # What is wrong may come behind what has been relayed.
        return "!relayed as whole: " + str(error) if first.whole else "cut"
    if meant.head is None:
        return "!a reply that nobody sent"
    if first.status != meant.status:
        return "!another status: %d, meant was %d" % (first.status, meant.status)
    if first.whole and not (meant.whole and first.body == meant.body):
        return "!relayed as whole, is not"
    if not meant.body.startswith(first.body):
        return "!another body"
    if reused and not again:
        return "!the connection was used again with something owed or left on it"
    if first.whole and connection.their_state is h11.DONE:
        connection.start_next_cycle()
        ask(connection)
        second = Reply().read(connection)
        if second.head and not second.is_the_proxys_own:
            if (second.status, second.body, second.whole) != (200, b"after", True):
                return "!the second reply is not the second's"
    return "whole" if first.whole else "cut"


with open(sys.argv[1]) as lines, open(sys.argv[2], "w") as verdicts:
    for line in lines:
        wrote, reused, got = line.rstrip("\n").split(",")
        try:
            verdict = judge(bytes.fromhex(wrote), reused == "reused", bytes.fromhex(got))
        except h11.ProtocolError as error:
            verdict = "!a client that reads strictly can not: " + str(error)
        print(verdict, file=verdicts)
