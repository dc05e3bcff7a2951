#!/usr/bin/python3
"""What a real screen reader finds in the window: asks a question through it and reads the answer.

Usage: screen_reader_smoke.py PONDER
"""
import sys

import desktop_session
from desktop_session import check


def converse(session):
    session.ask("What is 3 + 4?")
    # A thought shorter than a frame is not told; TranscriptHeard tests those that are.
    check("Answer finished" in session.heard, "it is said when the answer has finished")
    messages = session.messages()
    check(messages is not None, "the transcript is a list")
    prompt, answer = messages[0], messages[1]
    check(prompt.name == "You: What is 3 + 4?", "the prompt says who asks: " + prompt.name)
    text = answer.queryText()
    whole = text.getText(0, -1)
    check("7" in whole, "the answer can be read: " + whole.split("\n")[0])
    check(text.characterCount == len(whole), "character by character")
    box = text.getCharacterExtents(0, session.pyatspi.DESKTOP_COORDS)
    check(box[2] > 0 and box[3] > 0, "and it is known where they stand: %s" % (tuple(box),))

    header = session.find("push button", "Reasoned", answer)
    check(header is not None, "the thoughts are a button: " + header.name)
    expanded = session.pyatspi.STATE_EXPANDED
    check(not header.getState().contains(expanded), "that is closed")
    session.press(header)
    session.wait("the opened thoughts", lambda: header.getState().contains(expanded))
    check(len(answer.queryText().getText(0, -1)) > len(whole), "opened, they can be read, too")
    for name in ("Copy answer", "Answer again"):
        check(session.find("push button", name, answer) is not None, name + " is a button")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    desktop_session.enter([])
    with desktop_session.Session(sys.argv[1]) as running:
        converse(running)
    print("PASSED")
