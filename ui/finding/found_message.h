#pragma once

#include "ui/markdown/markdown_writer.h"
#include "ui/message_content.h"

#include <QDateTime>
#include <QStringList>

#include <vector>

namespace ponder::ui {

/// A message in which something was found, with the stretch of it that says so.
struct FoundMessage {
    QString chat; ///< its id
    int message = 0;
    QString title; ///< of the chat
    QString snippet;
    std::vector<TextRange> marks; ///< what was looked for, in the snippet
    Role role = Role::User;
    QDateTime written;

    bool operator==(const FoundMessage&) const = default;
};

/// The answer to a query, best messages first.
struct FoundMessages {
    QString query;
    QStringList words; ///< to be marked where a message is opened
    std::vector<FoundMessage> messages;
    qint64 total = 0;
    bool isMore = false; ///< than `total`
    QString problem;     ///< why the query cannot be understood; empty: it can
};

} // namespace ponder::ui
