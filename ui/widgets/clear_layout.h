#pragma once

class QLayout;

namespace ponder::ui {

/// Takes every widget out of the layout, at once for whoever looks and for good once the event that is being
/// handled is over: one of them may hold what was pressed just now. Requires: nothing but widgets in it.
void clearLayout(QLayout& layout);

} // namespace ponder::ui
