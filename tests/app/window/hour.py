#!/usr/bin/python3
"""A person's hour: seventy actions in the real window, twice. The second time the program must not have grown.

Usage: hour.py PONDER [--sanitized]      with it, growth is printed, not checked: a sanitizer keeps what is freed
Under Xvfb and openbox; needs xdotool beside what desktop_session.py needs.
"""
import json
import os
import shutil
import subprocess
import sys

import desktop_session
from desktop_session import check

ENTRIES_BELOW_LOOKS = 3  # of the window's menu, the one of the looks included
MOST_GROWTH = 5  # MB, from the end of the first round to the end of the second
HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "exchange", "samples")
STARTER = os.path.join(HERE, "..", "..", "..", "resources", "starter", "ponder-starter.gguf")


class Hour:
    def __init__(self, session):
        self.session = session
        self.count = 0

    def do(self, what, action, *arguments):
        """One action, and the program must have survived it."""
        self.count += 1
        print("%2d %s" % (self.count, what), flush=True)
        action(*arguments)
        self.session.work(0.1)
        check_alive = self.session.window.poll() is None
        if not check_alive:
            raise AssertionError("the program has ended after: " + what)

    def key(self, what, *keys):
        self.do(what, self.session.keys, *keys)

    def button(self, name, below=None):
        self.do("press " + name, self.session.press_named, name, "push button", below)

    def window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.session.window.pid)],
                               stdout=subprocess.PIPE, text=True).stdout.split()
        return found[-1]

    def resize(self, width, height):
        self.do("resize to %d x %d" % (width, height), lambda: subprocess.run(
            ["xdotool", "windowsize", "--sync", self.window(), str(width), str(height)], check=True, timeout=20))

    def look(self, name):
        """Chooses a look from the window's menu, by keys: open menus are not in the tree of elements."""
        looks = {"As the desktop": "system", "Light": "light", "Dark": "dark", "High contrast": "high contrast"}

        def choose():
            self.session.press_named("Menu")
            self.session.keys(*["Up"] * ENTRIES_BELOW_LOOKS, "Right", *["Down"] * list(looks).index(name), "Return")
            self.session.wait("the look kept", lambda: self.settings()["theme"] == looks[name])
        self.do("look: " + name, choose)

    def settings(self):
        """What the program has written down of its settings."""
        found = [os.path.join(folder, "settings.json") for folder, _, files in os.walk(self.session.folder)
                 if "settings.json" in files]
        with open(found[0]) as file:
            return {"theme": "system", **json.load(file)}

    def command(self, name):
        """Runs a command by its name, from the palette."""
        def choose():
            self.session.keys("ctrl+k")
            self.session.work(0.5)
            self.write(name)
            self.session.work(0.5)
            self.session.keys("Return")
        self.do("command: " + name, choose)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)

    def file_dialog(self, path):
        def enter():
            self.session.wait("the file dialog", lambda: self.session.find("dialog", "") or
                              self.session.find("file chooser", ""))
            self.session.work(0.5)
            self.write(path)
            self.session.keys("Return")
            self.session.work(0.5)
        self.do("choose the file " + os.path.basename(path), enter)

    def converse(self):
        session = self.session
        for question in ("What is 12 + 30?", "Sort 5, 2, 9.", "Which is larger, 7 or 11?"):
            self.do("ask " + question, session.ask, question)
        self.do("answer again", session.await_answer, lambda: session.keys("ctrl+r"))
        self.button("Previous version", session.last_message)
        self.button("Next version", session.last_message)
        self.button("Reasoned", session.last_message)
        self.button("Reasoned", session.last_message)
        self.button("Copy answer", session.last_message)
        self.key("copy the last answer", "ctrl+shift+c")
        self.do("edit the prompt", session.press_named, "Edit and ask again")
        self.do("ask it again", session.await_answer, lambda: session.press_named("Ask again"))

    def look_around(self):
        self.key("go into the transcript", "ctrl+l", "shift+Tab")
        for keys in (["Home"], ["Next", "Next"], ["Prior"], ["Down", "Down"], ["End"]):
            self.key("scroll: " + " ".join(keys), *keys)
        self.key("select a message", "ctrl+a")
        self.key("copy it", "ctrl+c")
        self.key("select all", "ctrl+a")
        self.key("let go", "Escape")

    def arrange(self):
        for look in ("Dark", "High contrast", "Light", "As the desktop"):
            self.look(look)
        for keys in ("ctrl+plus", "ctrl+plus", "ctrl+minus", "ctrl+0"):
            self.key("text size: " + keys, keys)
        for size in ((900, 700), (720, 520), (1390, 950), (1180, 820)):
            self.resize(*size)
        self.key("hide the sidebar", "ctrl+b")
        self.key("show the sidebar", "ctrl+b")

    def keep(self, round_number):
        session = self.session
        self.key("new chat", "ctrl+n")
        self.do("ask in it", session.ask, "What is 6 - 2?")
        self.key("rename it", "F2")
        self.do("write a name", self.write, "Renamed")
        self.key("keep the name", "Return")
        self.command("Pin or unpin the chat")
        self.command("Pin or unpin the chat")
        exported = os.path.join(session.folder, "exported-%d.md" % round_number)
        self.key("export it", "ctrl+e")
        self.file_dialog(exported)
        session.wait("the exported file", lambda: os.path.exists(exported))
        self.command("Delete the chat")
        self.button("Undo")
        self.key("see the keys", "F1")
        self.key("close them", "Escape")
        self.key("choose a model", "ctrl+m")
        self.key("leave it", "Escape")
        self.key("search", "ctrl+k")
        self.do("write what is searched", self.write, "sort")
        self.key("leave the search", "Escape")
        for page, keys in (("all chats searched", "ctrl+shift+f"), ("the settings", "ctrl+comma"),
                           ("the versions of the chat", "ctrl+shift+b")):
            self.key("open " + page, keys)
            self.key("close " + page, "Escape")
        self.key("temporary chat", "ctrl+shift+t")
        self.do("ask in it", session.ask, "What is 8 * 7?")
        self.key("find in the chat", "ctrl+f")
        self.key("leave that", "Escape")

    def bring_in(self, sample):
        """Chats of another program, looked at before they come in."""
        session = self.session
        self.key("import chats", "ctrl+i")
        self.file_dialog(os.path.realpath(os.path.join(SAMPLES, sample)))
        self.button("Import")
        self.do("wait for the chats", session.wait, "chats that came in", lambda: session.shows("came in"))

    def switch_model(self):
        """To a second model, and back to the built-in one."""
        session = self.session
        second = os.path.join(session.folder, "second-model.gguf")
        if not os.path.exists(second):
            shutil.copy(STARTER, second)
        self.key("new chat", "ctrl+n")
        self.key("open a model file", "ctrl+o")
        self.file_dialog(second)
        self.do("ask the second model", session.ask, "What is 9 - 4?")
        check(session.find("push button", "Model: second-model"), "the second model has answered")
        self.key("choose the first model", "ctrl+m", "Up", "Return")
        self.do("ask the first model", session.ask, "What is 9 - 3?")
        check(session.find("push button", "Model: Ponder Starter"), "the first one has answered")

    def round(self, number):
        self.count = 0
        self.converse()
        self.look_around()
        self.arrange()
        self.keep(number)
        self.bring_in("chatgpt.json" if number == 1 else "claude.json")
        self.switch_model()
        self.session.work(3)
        check(self.count >= 70, "%d actions" % self.count)
        return self.session.resident_megabytes()


if __name__ == "__main__":
    sanitized = sys.argv[2:] == ["--sanitized"]
    if len(sys.argv) != (3 if sanitized else 2):
        sys.exit(__doc__)
    desktop_session.enter(["openbox", "xdotool"])
    with desktop_session.Session(sys.argv[1], ["openbox"]) as running:
        hour = Hour(running)
        first = hour.round(1)
        second = hour.round(2)
        print("memory: %.1f MB after the first round, %.1f MB after the second" % (first, second))
        if sanitized:
            print("not checked: a sanitizer keeps what is freed")
        else:
            check(abs(second - first) <= MOST_GROWTH, "it has not grown by more than %d MB" % MOST_GROWTH)
    print("PASSED")
