#pragma once

#include <QDate>
#include <QString>

namespace ponder::ui {

/// The heading a chat of that day stands under: "Today", "Yesterday", "Previous 7 days", then months.
QString chatGroup(const QDate& day, const QDate& today);

} // namespace ponder::ui
