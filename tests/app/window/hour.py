#!/usr/bin/python3
"""A person's hour: sixty actions in the real window, twice. The second time the program must not have grown.

Usage: hour.py PONDER
Under Xvfb and openbox; needs xdotool beside what desktop_session.py needs.
"""
import os
import subprocess
import sys

import desktop_session
from desktop_session import check

MOST_GROWTH = 5  # MB, from the end of the first round to the end of the second


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

    def menu(self, what, *path):
        """Opens the window's menu and presses what is named, one menu after the other."""
        def choose():
            self.session.press_named("Menu")
            for name in path:
                item = self.session.wait(name, lambda: self.session.find("menu item", name) or
                                         self.session.find("check menu item", name) or
                                         self.session.find("radio menu item", name))
                self.session.press(item)
        self.do(what, choose)

    def file_dialog(self, path):
        def enter():
            self.session.wait("the file dialog", lambda: self.session.find("dialog", "") or
                              self.session.find("file chooser", ""))
            self.session.work(0.5)
            subprocess.run(["xdotool", "type", "--delay", "5", path], check=True)
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
            self.menu("look: " + look, "Appearance", look)
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
        self.do("write a name", lambda: subprocess.run(["xdotool", "type", "--delay", "5", "Renamed"], check=True))
        self.key("keep the name", "Return")
        self.menu("pin it", "Pin")
        self.menu("unpin it", "Unpin")
        exported = os.path.join(session.folder, "exported-%d.md" % round_number)
        self.menu("export it", "Export")
        self.file_dialog(exported)
        session.wait("the exported file", lambda: os.path.exists(exported))
        self.menu("delete it", "Delete")
        self.button("Undo")
        self.key("see the keys", "F1")
        self.key("close them", "Escape")
        self.key("choose a model", "ctrl+m")
        self.key("leave it", "Escape")
        self.key("search", "ctrl+k")
        self.do("write what is searched", lambda: subprocess.run(["xdotool", "type", "sort"], check=True))
        self.key("leave the search", "Escape")
        self.key("find in the chat", "ctrl+f")
        self.key("leave that", "Escape")

    def round(self, number):
        self.count = 0
        self.converse()
        self.look_around()
        self.arrange()
        self.keep(number)
        self.session.work(3)
        check(self.count >= 60, "%d actions" % self.count)
        return self.session.resident_megabytes()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    desktop_session.enter(["openbox", "xdotool"])
    with desktop_session.Session(sys.argv[1], ["openbox"]) as running:
        hour = Hour(running)
        first = hour.round(1)
        second = hour.round(2)
        print("memory: %.1f MB after the first round, %.1f MB after the second" % (first, second))
        check(abs(second - first) <= MOST_GROWTH, "it has not grown by more than %d MB" % MOST_GROWTH)
    print("PASSED")
