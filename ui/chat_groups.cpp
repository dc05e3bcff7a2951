#include "ui/chat_groups.h"

#include <QCoreApplication>
#include <QLocale>

namespace ponder::ui {

QString chatGroup(const QDate& day, const QDate& today) {
    const qint64 age = day.daysTo(today);
    // A clock that was set back leaves chats in the future.
    if (age <= 0) return QCoreApplication::translate("ponder::ui::Sidebar", "Today");
    if (age == 1) return QCoreApplication::translate("ponder::ui::Sidebar", "Yesterday");
    if (age <= 7) return QCoreApplication::translate("ponder::ui::Sidebar", "Previous 7 days");
    // Standing alone: many languages inflect a month's name beside a day.
    const QString month = QLocale().standaloneMonthName(day.month());
    return day.year() == today.year() ? month : month + ' ' + QString::number(day.year());
}

} // namespace ponder::ui
