"""A desktop of its own for the program: a screen, a window manager, a bus, and a screen reader to act through.

A script calls `run(script, arguments, missing)` first: it starts itself again on a bus of its own, and ends with
77 where packages are missing (ctest shows that as skipped).
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
INSIDE = "PONDER_DESKTOP_SESSION"
LAUNCHERS = ["/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"]
PATIENCE = 120  # seconds, for each thing that has to happen


def skip(why):
    print("SKIPPED:", why)
    sys.exit(SKIPPED)


def enter(tools):
    """Returns inside a session; outside, starts one and ends with what the script in it ends with."""
    if os.environ.get(INSIDE):
        return
    for tool in ["Xvfb", "dbus-run-session", *tools]:
        if not shutil.which(tool):
            skip(tool + " is missing")
    if not any(map(os.path.exists, LAUNCHERS)):
        skip("at-spi-bus-launcher is missing (at-spi2-core)")
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        skip("python3-pyatspi is missing")
    words = ["dbus-run-session", "--", sys.executable, *sys.argv]
    sys.exit(subprocess.run(words, env=dict(os.environ, **{INSIDE: "1"})).returncode)


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print("ok:", what)


class Session:
    """The program on a screen; a context that cleans up behind itself."""

    def __init__(self, program, tools=(), under=(), environment=None):
        """`under`: words before the program's, such as those of a tracer; `environment`: more variables."""
        self.words = [*under, os.path.abspath(program)]
        self.tools = tools
        self.environment = environment or {}
        self.processes = []
        self.folder = tempfile.mkdtemp(prefix="ponder-session-")
        self.heard = []

    def __enter__(self):
        self.start_screen()
        self.start([next(filter(os.path.exists, LAUNCHERS)), "--launch-immediately"])
        for tool in self.tools:
            self.start([tool])
        import pyatspi
        self.pyatspi = pyatspi
        pyatspi.Registry.registerEventListener(lambda event: self.heard.append(event.source.name),
                                               "object:property-change:accessible-name")
        self.window = self.start([*self.words, "--data-dir", os.path.join(self.folder, "data")],
                                 env=dict(os.environ, QT_QPA_PLATFORM="xcb", LANG="C.UTF-8",
                                          QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", HOME=self.folder,
                                          **self.environment),
                                 stderr=None)
        self.wait("the program", self.program)
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, words, **options):
        options.setdefault("stderr", subprocess.DEVNULL)
        self.processes.append(subprocess.Popen(words, **options))
        return self.processes[-1]

    def start_screen(self):
        reading, writing = os.pipe()
        self.start(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24"], pass_fds=[writing])
        os.close(writing)
        number = b""
        while not number.endswith(b"\n"):
            number += os.read(reading, 16)
        os.environ["DISPLAY"] = ":" + number.decode().strip()

    def work(self, seconds):
        """Lets events come in for a while."""
        from gi.repository import GLib
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while GLib.MainContext.default().iteration(False):
                pass
            time.sleep(0.02)

    def wait(self, what, condition):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.work(0.1)
            try:
                found = condition()
            except Exception:  # elements come and go while they are looked at
                found = None
            if found:
                return found
        raise AssertionError("not found: " + what)

    def program(self):
        for application in self.pyatspi.Registry.getDesktop(0):
            if application and application.name.lower() == "ponder":
                return application
        return None

    def find(self, role, name, below=None):
        """The first element that is shown of this role, the name of which begins so."""
        below = below or self.program()
        showing = self.pyatspi.STATE_SHOWING
        return below and self.pyatspi.findDescendant(
            below, lambda each: each.getRoleName() == role and each.name.startswith(name) and
            each.getState().contains(showing))

    def shows(self, words):
        """Whether the name of something that is shown contains these words."""
        showing = self.pyatspi.STATE_SHOWING
        return self.pyatspi.findDescendant(
            self.program(), lambda each: words in each.name and each.getState().contains(showing)) is not None

    def press(self, element):
        actions = element.queryAction()
        names = [actions.getName(i) for i in range(actions.nActions)]
        actions.doAction(names.index("Press" if "Press" in names else "Toggle"))
        self.work(0.2)

    def press_named(self, name, role="push button", below=None):
        self.press(self.wait(name, lambda: self.find(role, name, below() if callable(below) else below)))

    def write(self, text):
        composer = self.wait("the composer", lambda: self.find("text", "Message the model"))
        composer.queryEditableText().setTextContents(text)

    def ask(self, text):
        """Sends a prompt and waits until it is answered."""
        self.write(text)
        send = self.wait("Send", lambda: self.find("push button", "Send"))
        self.wait("Send, enabled", lambda: send.getState().contains(self.pyatspi.STATE_ENABLED))
        self.await_answer(lambda: self.press(send))

    def await_answer(self, act):
        before = self.heard.count("Answer finished")
        act()
        try:
            self.wait("the end of the answer", lambda: self.heard.count("Answer finished") > before)
        except AssertionError as error:
            raise AssertionError("%s; last heard: %s" % (error, self.heard[-8:])) from error

    def messages(self):
        return self.find("list", "Conversation")

    def last_message(self):
        shown = [each for each in self.messages() if each.getRoleName() == "list item"]
        return shown[-1]

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)
        self.work(0.2)

    def resident_megabytes(self):
        with open("/proc/%d/statm" % self.window.pid) as memory:
            return int(memory.read().split()[1]) * 4096 / 1e6
