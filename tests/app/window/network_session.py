#!/usr/bin/python3
"""Who opens internet sockets: nobody before a person presses Look, and then ponder-fetch alone.

Usage: network_session.py PONDER
A session in the real window under strace: chat, search, the library, and then a model from a server on the loopback
that speaks as Hugging Face does. Needs strace beside what desktop_session.py needs.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import desktop_session
from desktop_session import check

HERE = os.path.dirname(os.path.abspath(__file__))
SERVER = os.path.join(HERE, "..", "..", "support", "misbehaving_server.py")
STARTER = os.path.join(HERE, "..", "..", "..", "resources", "starter", "ponder-starter.gguf")


class Server:
    """The hub's stand-in; ends with the context."""

    def __init__(self, folder):
        other = os.path.join(folder, "other")
        with open(other, "wb") as file:
            file.write(b"GGUF")
        self.process = subprocess.Popen([sys.executable, SERVER, folder, STARTER, other], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        said = json.loads(self.process.stdout.readline())
        self.endpoint = "https://localhost:%d" % said["ports"]["main"]
        self.authority = said["authority"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def internet_sockets(trace):
    """The programs that made internet sockets, by the lines of strace."""
    programs = {}
    made = []
    with open(trace, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            process, _, call = line.partition(" ")
            call = call.strip()
            started = re.match(r'execve\("([^"]+)"', call)  # its end may stand in a later line
            if started:
                programs[process] = os.path.basename(started.group(1))
            child = re.match(r"(?:v?fork|clone3?)\(.* = (\d+)$", call) or re.match(
                r"<\.\.\. (?:v?fork|clone3?) resumed>.* = (\d+)$", call)
            if child:
                programs.setdefault(child.group(1), programs.get(process, "?"))
            if re.match(r"socket\(AF_INET6?,", call):
                made.append(programs.get(process, "?"))
    return made


def use_offline(session):
    session.ask("What is 12 + 30?")
    session.keys("ctrl+f")
    session.keys("Escape")
    session.keys("ctrl+shift+f")
    subprocess.run(["xdotool", "type", "30"], check=True)
    session.work(1)
    session.keys("Escape")
    session.keys("ctrl+shift+m")
    session.press_named("Get a model", "check box")
    session.wait("the models that can be had", lambda: session.find("push button", "Download "))
    subprocess.run(["xdotool", "type", "org/one"], check=True)
    session.wait("who would be contacted", lambda: session.shows("asks localhost"))


def download(session):
    session.press_named("Look")
    session.press_named("Download m-Q4_K_M")
    session.wait("the model", lambda: session.find("push button", "Show the model"))


def main(program):
    with tempfile.TemporaryDirectory(prefix="ponder-network-") as folder, Server(folder) as server:
        trace = os.path.join(folder, "trace")
        under = ["strace", "-f", "-qq", "-o", trace, "-s", "256",
                 "-e", "trace=execve,clone,clone3,fork,vfork,socket,connect"]
        environment = {"HF_ENDPOINT": server.endpoint, "SSL_CERT_FILE": server.authority,
                       "CURL_CA_BUNDLE": server.authority, "HF_TOKEN": ""}
        with desktop_session.Session(program, ["openbox"], under, environment) as session:
            use_offline(session)
            before = internet_sockets(trace)
            check(not before, "no internet socket before the click (%s)" % before)
            download(session)
            after = internet_sockets(trace)
            check(after and set(after) == {"ponder-fetch"},
                  "%d internet sockets after it, all of ponder-fetch (%s)" % (len(after), set(after)))
            models = [os.path.join(at, name) for at, _, names in os.walk(session.folder) for name in names
                      if name.endswith(".gguf")]
            check(len(models) == 1, "the model lies in Ponder's folder")
            with open(models[0], "rb") as got, open(STARTER, "rb") as wanted:
                check(got.read() == wanted.read(), "byte for byte")
            session.keys("ctrl+q")  # a tracer that is ended would let its program go on
            session.window.wait(timeout=60)
    print("PASSED")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    desktop_session.enter(["openbox", "xdotool", "strace", "openssl"])
    main(sys.argv[1])
