#!/usr/bin/env python3
"""An https server on the loopback that misbehaves in every way that downloads meet.

    misbehaving_server.py FOLDER CONTENT OTHER_CONTENT

CONTENT is the file that is asked for, OTHER_CONTENT what it may have been replaced by. Certificates and the log go
to FOLDER. It prints one line of JSON (ports and the authority's certificate) and serves until its input ends.
`/CASE/…/NAME.gguf` behaves as the function of that name in CASES says, told how often this address has been asked
for. FOLDER/log.jsonl has a line when a request comes and one when its answer ends."""

import hashlib
import json
import os
import re
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time

FOLDER, CONTENT_PATH, OTHER_PATH = sys.argv[1:4]
with open(CONTENT_PATH, "rb") as file:
    CONTENT = file.read()
with open(OTHER_PATH, "rb") as file:
    OTHER = file.read()
HALF = len(CONTENT) // 2
ETAG = '"one"'
COMMIT = "0123456789abcdef0123456789abcdef01234567"
PIECE = 64 * 1024

counts = {}
lock = threading.Lock()
log_file = open(os.path.join(FOLDER, "log.jsonl"), "a", encoding="utf-8")
ports = {}
version = {"changed": False}


def log(**entry):
    with lock:
        log_file.write(json.dumps(entry) + "\n")
        log_file.flush()


class Reset(Exception):
    """Ends a connection with a reset instead of a goodbye."""


class Request:
    """One request and the connection that it came over."""

    def __init__(self, connection, method, path, headers, port_name):
        self.connection = connection
        self.method = method
        self.path = path
        self.headers = headers
        self.port_name = port_name
        self.sent = 0
        match = re.fullmatch(r"bytes=(\d+)-", headers.get("range", ""))
        self.start = int(match.group(1)) if match else None

    def send(self, data):
        self.connection.sendall(data)

    def head(self, status, **headers):
        lines = [f"HTTP/1.1 {status} Words"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    def body(self, data, bytes_per_second=0):
        began = time.monotonic()
        for at in range(0, len(data), PIECE):
            piece = data[at : at + PIECE]
            self.send(piece)
            self.sent += len(piece)
            if bytes_per_second:
                time.sleep(max(0, began + (at + len(piece)) / bytes_per_second - time.monotonic()))

    def chunks(self, data, end=True):
        for at in range(0, len(data), PIECE):
            piece = data[at : at + PIECE]
            self.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        if end:
            self.send(b"0\r\n\r\n")

    def honest(self, content=CONTENT, bytes_per_second=0, **headers):
        """What a good server answers, with or without Range."""
        headers.setdefault("ETag", ETAG)
        headers = {name: value for name, value in headers.items() if value is not None}
        size = len(content)
        if self.start is None:
            self.head(200, Content_Length=size, **headers)
            self.body(content, bytes_per_second)
        elif self.start >= size:
            self.head(416, Content_Range=f"bytes */{size}", Content_Length=0, **headers)
        else:
            self.head(206, Content_Range=f"bytes {self.start}-{size - 1}/{size}",
                      Content_Length=size - self.start, **headers)
            self.body(content[self.start :], bytes_per_second)

    def cut(self, content=CONTENT, **headers):
        """The first half of the file, then a reset."""
        headers.setdefault("ETag", ETAG)
        headers = {name: value for name, value in headers.items() if value is not None}
        self.head(200, Content_Length=len(content), **headers)
        self.body(content[: len(content) // 2])
        time.sleep(0.1)
        raise Reset


CASES = {}


def case(function):
    CASES[function.__name__.replace("_", "-")] = function
    return function


@case
def good(request, time_asked):
    request.honest()


@case
def range_ignored(request, time_asked):
    if time_asked == 0:
        request.cut()
    request.head(200, Content_Length=len(CONTENT), ETag=ETAG)
    request.body(CONTENT)


@case
def range_wrong_start(request, time_asked):
    if time_asked == 0:
        request.cut()
    if request.start is None:
        return request.honest()
    start = request.start + 100
    request.head(206, Content_Range=f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}",
                 Content_Length=len(CONTENT) - start, ETag=ETAG)
    request.body(CONTENT[start:])


@case
def range_wrong_total(request, time_asked):
    if time_asked == 0:
        request.cut()
    if request.start is None:
        return request.honest()
    size = len(CONTENT)
    request.head(206, Content_Range=f"bytes {request.start}-{size - 1}/{size + 5}",
                 Content_Length=size - request.start, ETag=ETAG)
    request.body(CONTENT[request.start :])


@case
def range_without_words(request, time_asked):
    if time_asked == 0:
        request.cut()
    if request.start is None:
        return request.honest()
    request.head(206, Content_Length=len(CONTENT) - request.start, ETag=ETAG)
    request.body(CONTENT[request.start :])


@case
def range_unasked(request, time_asked):
    size = len(CONTENT)
    request.head(206, Content_Range=f"bytes 0-{size - 1}/{size}", Content_Length=size, ETag=ETAG)
    request.body(CONTENT)


@case
def range_short(request, time_asked):
    if time_asked == 0:
        request.cut()
    if request.start is None or time_asked > 1:
        return request.honest()
    size = len(CONTENT)
    request.head(206, Content_Range=f"bytes {request.start}-{size - 1}/{size}",
                 Content_Length=1000, ETag=ETAG)
    request.body(CONTENT[request.start : request.start + 1000])


@case
def unsatisfied_complete(request, time_asked):
    if time_asked > 0:
        return request.honest()
    request.head(200, Content_Length=len(CONTENT) + 1, ETag=ETAG)
    request.body(CONTENT)


@case
def unsatisfied_smaller(request, time_asked):
    if time_asked == 0:
        request.cut()
    if request.start is None:
        return request.honest()
    request.head(416, Content_Range="bytes */10", Content_Length=0)


@case
def unsatisfied_larger(request, time_asked):
    if time_asked == 0:
        request.cut()
    if request.start is None:
        return request.honest()
    request.head(416, Content_Range=f"bytes */{len(CONTENT) * 2}", Content_Length=0)


@case
def no_length(request, time_asked):
    request.head(200, ETag=ETAG, Connection="close")
    request.body(CONTENT)


@case
def no_length_cut(request, time_asked):
    request.head(200, ETag=ETAG, Connection="close")
    request.body(CONTENT[:HALF] if time_asked == 0 else CONTENT)


@case
def chunked(request, time_asked):
    request.head(200, ETag=ETAG, Transfer_Encoding="chunked")
    request.chunks(CONTENT)


@case
def chunked_cut(request, time_asked):
    if time_asked > 0:
        return request.honest()
    request.head(200, ETag=ETAG, Transfer_Encoding="chunked")
    request.chunks(CONTENT[:HALF], end=False)


@case
def chunked_endless(request, time_asked):
    request.head(200, ETag=ETAG, Transfer_Encoding="chunked")
    request.chunks(CONTENT + CONTENT)


@case
def length_plus_one(request, time_asked):
    request.head(200, Content_Length=len(CONTENT) + 1, ETag=ETAG)
    request.body(CONTENT)


@case
def length_minus_one(request, time_asked):
    request.head(200, Content_Length=len(CONTENT) - 1, ETag=ETAG)
    request.body(CONTENT)


@case
def empty(request, time_asked):
    request.head(200, Content_Length=0, ETag=ETAG)


@case
def packed(request, time_asked):
    import gzip
    data = gzip.compress(CONTENT, 1)
    request.head(200, Content_Length=len(data), Content_Encoding="gzip", ETag=ETAG)
    request.body(data)


@case
def etag_changed(request, time_asked):
    if time_asked == 0:
        request.cut()
    request.honest(OTHER, ETag='"two"')


@case
def weak_etag(request, time_asked):
    if time_asked == 0:
        request.cut(ETag='W/"one"')
    request.honest(ETag='W/"one"')


@case
def weak_etag_changed(request, time_asked):
    if time_asked == 0:
        request.cut(ETag='W/"one"')
    request.honest(OTHER, ETag='W/"one"')


@case
def last_modified_only(request, time_asked):
    date = "Wed, 21 Oct 2025 07:28:00 GMT"
    if time_asked == 0:
        request.cut(ETag=None, Last_Modified=date)
    request.honest(OTHER, ETag=None, Last_Modified=date)


@case
def no_validators(request, time_asked):
    if time_asked == 0:
        request.cut(ETag=None)
    request.honest(OTHER, ETag=None)


@case
def size_changed(request, time_asked):
    if time_asked == 0:
        request.cut(CONTENT[: len(CONTENT) - 64])
    request.honest(CONTENT, ETag='"two"')


def redirect(request, address, **headers):
    request.head(302, Location=address, Content_Length=0, **headers)


@case
def redirect_http(request, time_asked):
    redirect(request, f"http://localhost:{ports['plain']}/good/m.gguf")


@case
def redirect_file(request, time_asked):
    redirect(request, "file:///etc/passwd")


@case
def redirect_private(request, time_asked):
    redirect(request, f"https://127.0.0.1:{ports['main']}/good/m.gguf")


@case
def redirect_nonsense(request, time_asked):
    redirect(request, "https://user:secret@localhost:1/%%%")


@case
def redirect_loop(request, time_asked):
    redirect(request, request.path)


@case
def redirect_five(request, time_asked):
    if time_asked < 5:
        return redirect(request, request.path)
    return request.honest()


@case
def redirect_six(request, time_asked):
    if time_asked < 6:
        return redirect(request, request.path)
    return request.honest()


@case
def redirect_relative(request, time_asked):
    redirect(request, "../../good/x.gguf")


@case
def redirect_other_host(request, time_asked):
    redirect(request, f"https://localhost:{ports['other']}/good/m.gguf")


@case
def linked(request, time_asked):
    redirect(request, f"https://localhost:{ports['other']}/good/m.gguf", X_Linked_Size=len(CONTENT),
             X_Linked_ETag=f'"{hashlib.sha256(CONTENT).hexdigest()}"')


@case
def linked_other_bytes(request, time_asked):
    redirect(request, f"https://localhost:{ports['other']}/wrong-bytes/m.gguf", X_Linked_Size=len(CONTENT),
             X_Linked_ETag=f'"{hashlib.sha256(CONTENT).hexdigest()}"')


@case
def login_page(request, time_asked):
    page = b"\n<!DOCTYPE html><html><body>Please sign in.</body></html>"
    request.head(200, Content_Length=len(page), Content_Type="text/html")
    request.body(page)


@case
def pointer(request, time_asked):
    text = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"
    request.head(200, Content_Length=len(text), Content_Type="text/plain")
    request.body(text)


@case
def other_kind(request, time_asked):
    data = b"PK\x03\x04" + bytes(len(CONTENT) - 4)
    request.head(200, Content_Length=len(data), ETag=ETAG)
    request.body(data)


def status(number, **headers):
    def answer(request, time_asked):
        request.head(number, Content_Length=0, **headers)

    return answer


for number in (204, 300, 401, 403, 404, 410, 418, 500, 503):
    CASES[f"status-{number}"] = status(number)
CASES["status-429-long"] = status(429, Retry_After=3600)


@case
def status_429_short(request, time_asked):
    if time_asked == 0:
        return request.head(429, Retry_After=1, Content_Length=0)
    return request.honest()


@case
def status_503_once(request, time_asked):
    if time_asked < 2:
        return request.head(503, Content_Length=0)
    return request.honest()


@case
def clock_jump(request, time_asked):
    # A server in another century: its dates agree with each other and with nobody else.
    if time_asked == 0:
        return request.head(503, Date="Fri, 01 Jan 2100 00:00:00 GMT",
                            Retry_After="Fri, 01 Jan 2100 00:00:01 GMT", Content_Length=0)
    return request.honest(Date="Thu, 01 Jan 1970 00:00:00 GMT")


@case
def stall_start(request, time_asked):
    time.sleep(30)


@case
def stall_middle(request, time_asked):
    if time_asked > 0:
        return request.honest()
    request.head(200, Content_Length=len(CONTENT), ETag=ETAG)
    request.body(CONTENT[:HALF])
    time.sleep(30)


@case
def reset_middle(request, time_asked):
    if time_asked > 2:
        return request.honest()
    if request.start is None:
        request.cut()
    size = len(CONTENT)
    request.head(206, Content_Range=f"bytes {request.start}-{size - 1}/{size}",
                 Content_Length=size - request.start, ETag=ETAG)
    request.body(CONTENT[request.start : request.start + 1000])
    time.sleep(0.1)
    raise Reset


@case
def reset_always(request, time_asked):
    raise Reset


@case
def one_byte_a_second(request, time_asked):
    request.head(200, Content_Length=len(CONTENT), ETag=ETAG)
    for byte in CONTENT[:30]:
        request.send(bytes([byte]))
        time.sleep(1)


@case
def wrong_bytes(request, time_asked):
    wrong = CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])
    request.honest(wrong, ETag='"wrong"')


@case
def wrong_bytes_after_cut(request, time_asked):
    # The file was replaced by one of the same size, and the server says nothing of it.
    if time_asked == 0:
        request.cut(OTHER, ETag=None)
    request.honest(CONTENT, ETag=None)


@case
def endless_head(request, time_asked):
    request.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(20_000):
        request.send(f"X-Filler-{number}: {'x' * 80}\r\n".encode())


@case
def nonsense_head(request, time_asked):
    request.send(b"\x00\x01\x02 this is no HTTP\r\n\r\n")


DISPOSITIONS = {
    "name-parent": "attachment; filename=../../.bashrc",
    "name-absolute": "attachment; filename=/tmp/ponder-was-here.gguf",
    "name-nul": "attachment; filename=a\x00b.gguf",
    "name-long": "attachment; filename=" + "x" * 300 + ".gguf",
    "name-device": "attachment; filename=CON",
}


def named(disposition):
    def answer(request, time_asked):
        request.honest(Content_Disposition=disposition)

    return answer


for case_name, disposition in DISPOSITIONS.items():
    if "\x00" not in disposition:
        CASES[case_name] = named(disposition)


@case
def name_nul(request, time_asked):
    # libcurl refuses such a head outright, or hands it on: either way the name is ours.
    request.honest(Content_Disposition=DISPOSITIONS["name-nul"])


@case
def paced(request, time_asked):
    request.honest(bytes_per_second=100_000_000)


@case
def slow(request, time_asked):
    request.honest(bytes_per_second=max(len(CONTENT) // 3, 1))


def listing(files, **more):
    return json.dumps({"sha": COMMIT, "gated": False, "tags": ["gguf", "license:apache-2.0"],
                       "siblings": files, **more}).encode()


def lfs(path, data):
    return {"rfilename": path, "size": len(data), "blobId": "1" * 40,
            "lfs": {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 135}}


def repository(request, name):
    """Hugging Face's list of a repository's files."""
    if name == "org/one":
        return listing([{"rfilename": "README.md", "size": 3}, lfs("m-Q4_K_M.gguf", CONTENT)])
    if name == "org/several":
        return listing([lfs("m-Q4_K_M.gguf", CONTENT), lfs("m-Q8_0.gguf", OTHER),
                        lfs("mmproj-m.gguf", b"GGUF")])
    if name == "org/lying":
        wrong = lfs("m-Q4_K_M.gguf", CONTENT)
        wrong["lfs"]["sha256"] = "0" * 64
        return listing([wrong])
    if name == "org/empty":
        return listing([{"rfilename": "README.md", "size": 3}])
    if name == "org/broken":
        return b"[" * 100_000
    if name == "org/huge":
        return b" " * (20 << 20)
    return None


def hub(request, path):
    match = re.fullmatch(r"/api/models/([^/]+/[^/]+)/revision/[^/?]+\?blobs=true", path)
    if match:
        if match.group(1) == "org/gated":
            return request.head(401, Content_Length=0)
        answer = repository(request, match.group(1))
        if answer is None:
            return request.head(404, Content_Length=0)
        request.head(200, Content_Length=len(answer), Content_Type="application/json")
        return request.send(answer)
    content = OTHER if "Q8_0" in path else CONTENT
    kind = "good-other" if "Q8_0" in path else "good"
    return redirect(request, f"https://localhost:{ports['other']}/{kind}/x.gguf", X_Linked_Size=len(content),
                    X_Linked_ETag=f'"{hashlib.sha256(content).hexdigest()}"')


@case
def good_other(request, time_asked):
    request.honest(OTHER)


def read_request(connection, port_name):
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more or len(data) > 65536:
            return None
        data += more
    lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Request(connection, method, path, headers, port_name)


def serve(connection, port_name):
    """Requests of one connection, one after the other."""
    while (request := read_request(connection, port_name)) is not None:
        with lock:
            asked = counts.get(request.path, 0)
            counts[request.path] = asked + 1
        log(event="request", port=port_name, path=request.path, start=request.start,
            authorization=request.headers.get("authorization"), range=request.headers.get("range"),
            encoding=request.headers.get("accept-encoding"))
        name = request.path.split("/")[1]
        try:
            if name in CASES:
                CASES[name](request, asked)
            elif name == "api" or "/resolve/" in request.path:
                hub(request, request.path)
            else:
                request.head(404, Content_Length=0)
        finally:
            log(event="end", path=request.path, start=request.start, sent=request.sent)
        # Where the answer's end is the connection's, nothing may follow; a new connection costs little.
        return


def handle(connection, context, port_name):
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 256 * 1024)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        secure = context.wrap_socket(connection, server_side=True) if context else connection
        try:
            serve(secure, port_name)
            if context:
                secure.unwrap()
        except Reset:
            # On the plain socket: a goodbye of TLS would come before the reset.
            secure.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        secure.close()
    except (OSError, ValueError):
        connection.close()


def listen(name, context, family=socket.AF_INET, address="127.0.0.1", answer=True):
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, 0))
    server.listen(64)
    ports[name] = server.getsockname()[1]
    held = []

    def accept():
        while True:
            connection, _ = server.accept()
            if answer:
                threading.Thread(target=handle, args=(connection, context, name), daemon=True).start()
            else:
                held.append(connection)  # a handshake that never goes on

    threading.Thread(target=accept, daemon=True).start()


def openssl(*arguments):
    subprocess.run(("openssl", *arguments), cwd=FOLDER, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.PIPE)


def certificate(name, subject_names, first="20250101000000Z", last="20990101000000Z", issued=True):
    """NAME.pem and NAME.key, by our authority or by nobody."""
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key")
    alternative = ("-subj", f"/CN={name}", "-addext", f"subjectAltName={subject_names}")
    if not issued:
        openssl("req", "-x509", *key, *alternative, "-out", f"{name}.pem", "-days", "30")
    else:
        openssl("req", "-new", *key, *alternative, "-out", f"{name}.csr")
        openssl("ca", "-batch", "-config", "ca.cnf", "-in", f"{name}.csr", "-out", f"{name}.pem", "-notext",
                "-startdate", first, "-enddate", last)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(FOLDER, f"{name}.pem"), os.path.join(FOLDER, f"{name}.key"))
    return context


def authority():
    with open(os.path.join(FOLDER, "ca.cnf"), "w", encoding="utf-8") as config:
        config.write("[ca]\ndefault_ca=us\n[us]\ndatabase=ca.index\nserial=ca.serial\nnew_certs_dir=.\n"
                     "certificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=any\n"
                     "copy_extensions=copy\nunique_subject=no\n[any]\ncommonName=supplied\n")
    with open(os.path.join(FOLDER, "ca.serial"), "w", encoding="utf-8") as serial:
        serial.write("01\n")
    open(os.path.join(FOLDER, "ca.index"), "w", encoding="utf-8").close()
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=authority of a test",
            "-addext", "keyUsage=keyCertSign")


def main():
    authority()
    names = "DNS:localhost,IP:127.0.0.1,IP:::1"
    sound = certificate("sound", names)
    listen("main", sound)
    listen("other", sound)
    listen("plain", None)
    listen("expired", certificate("expired", names, "20200101000000Z", "20210101000000Z"))
    listen("wrongHost", certificate("wronghost", "DNS:elsewhere.example"))
    listen("selfSigned", certificate("selfsigned", names, issued=False))
    listen("handshake", None, answer=False)
    try:
        listen("version6", sound, socket.AF_INET6, "::1")
    except OSError:
        ports["version6"] = 0
    print(json.dumps({"ports": ports, "authority": os.path.join(FOLDER, "ca.pem")}), flush=True)
    sys.stdin.read()


main()
