#pragma once

#include <QString>

namespace ponder::ui {

/// A model on its way into memory. totalBytes 0: not known yet.
struct ModelLoading {
    QString name;
    qint64 loadedBytes = 0;
    qint64 totalBytes = 0;
};

enum class NoticeKind { Information, Error };

/// A chat in memory only is gone when it is left.
enum class ChatKeeping { OnDisk, InMemory };

/// What stands in an empty chat.
enum class EmptyChat {
    NoModel, ///< nothing to talk to: how to get a model
    Starter, ///< the bundled model: examples it is good at, how to get a larger one
    Ready,   ///< a model of the person's own
    Temporary,
};

} // namespace ponder::ui
