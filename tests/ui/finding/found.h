#pragma once

#include "tests/ui/transcript/cpu_clock.h"
#include "ui/finding/finding_list.h"
#include "ui/finding/found_message.h"
#include "ui/finding/search_page.h"

#include <QStringList>

namespace ponder::ui {

/// Messages as if a search had found them: two a chat.
inline FoundMessages foundFor(const QString& query, int messages) {
    FoundMessages found;
    found.query = query;
    found.words = {query};
    found.total = messages;
    for (int i = 0; i < messages; ++i) {
        FoundMessage message;
        message.chat = QString("chat%1").arg(i / 2);
        message.title = QString("Title %1").arg(i / 2);
        message.message = i + 1;
        message.snippet = QString("Message %1 with an apple").arg(i);
        message.marks = {{int(message.snippet.size()) - 5, int(message.snippet.size())}};
        message.role = i % 2 ? Role::Assistant : Role::User;
        message.written = QDateTime(QDate(2026, 3, 1 + i % 28), QTime(12, 0));
        found.messages.push_back(message);
    }
    return found;
}

inline QStringList rowTexts(const FindingList& list) {
    QStringList texts;
    for (int i = 0; i < list.model()->rowCount(); ++i) texts << list.model()->index(i, 0).data().toString();
    return texts;
}

} // namespace ponder::ui
