#pragma once

#include <QStringList>

class QMimeData;
class QPixmap;

namespace ponder::ui {

class Theme;

/// What is carried when chats are dragged: their ids, for this program alone.
QMimeData* chatsToDrag(const QStringList& ids);
/// Empty where something else is dragged.
QStringList draggedChats(const QMimeData& dragged);
/// The card under the pointer.
QPixmap dragPicture(const Theme& theme, const QString& words, qreal pixelRatio);

} // namespace ponder::ui
