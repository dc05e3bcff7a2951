#pragma once

namespace ponder::ui {

class TranscriptSelection;

/// Puts the selection on the clipboard as other programs show it: with headings, lists and tables, and as
/// text for those that take no more.
void copyRich(const TranscriptSelection& selection);
/// Lets a middle click paste the selection, on desktops where it does. Its text is made when it is asked for.
void offerForMiddleClick(TranscriptSelection& selection);

} // namespace ponder::ui
