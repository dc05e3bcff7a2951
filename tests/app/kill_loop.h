#pragma once

#include <chrono>
#include <string>

namespace ponder::app {

/// What came of killing a program again and again while it streams answers into the chat file of a folder.
struct KillFigures {
    int kills = 0;
    int acknowledgedPrompts = 0;
    int lostPrompts = 0;
    int damagedFiles = 0;
    int streamingKills = 0;             ///< kills in the middle of an answer
    int longestMissingMilliseconds = 0; ///< age of the oldest text that was not on the disk
};

/// The program to be killed and how long each of its lives is, drawn at random.
struct KillLoop {
    std::string program;
    int kills = 0;
    std::chrono::milliseconds shortestLife{20};
    std::chrono::milliseconds longestLife{1600};
};

/// Starts `program FOLDER` and kills it after a random time, again and again on the same folder. The program
/// writes to its standard output, one line each, in one write: "P prompt" when the prompt is safe, "T
/// milliseconds bytes prompt" when the answer to this prompt has grown to so many bytes (milliseconds since
/// 1970). After every kill the chat file is checked and opened as the program would.
KillFigures killAgainAndAgain(const KillLoop& loop);

/// How many kills are asked for: PONDER_KILLS, or `usual`.
int killsAskedFor(int usual);

/// Prints the figures and fails the test unless nothing was lost, nothing damaged and at most 250 ms missing.
void expectNothingLost(const KillFigures& figures);

} // namespace ponder::app
