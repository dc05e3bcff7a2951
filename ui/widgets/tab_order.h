#pragma once

class QWidget;

namespace ponder::ui {

/// The Tab key goes through the widget as its layouts place its parts, whatever the order they were made in.
/// To be called again once parts are shown that were hidden.
void tabAsLaidOut(QWidget& whole);

/// What the Tab key stops at in `whole` comes right after `before`.
void tabBehind(QWidget& before, QWidget& whole);

} // namespace ponder::ui
