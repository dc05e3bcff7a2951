#pragma once

#include <QColor>
#include <QIcon>
#include <QRectF>

class QPainter;

namespace ponder::ui {

/// Our own set: drawn on a 20 px grid with a round stroke of 1.6 px.
enum class Icon {
    None,
    Archive,
    ArrowDown,
    ArrowUp,
    Branch,
    Chat,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Chip,
    Close,
    Copy,
    File,
    Folder,
    Information,
    Markdown,
    Menu,
    More,
    Paperclip,
    Pencil,
    Pin,
    Play,
    Plus,
    Prompt,
    Refresh,
    Restore,
    Settings,
    Search,
    Sidebar,
    Stop,
    Trash,
    Unpin,
    Warning,
    Wrap,
};

/// Draws the icon centred in `box`, at `size` pixels.
void drawIcon(QPainter& painter, Icon icon, const QRectF& box, const QColor& colour, qreal size = 20);

/// For menus: rendered at the screen's scale when painted.
QIcon menuIcon(Icon icon, const QColor& colour);

} // namespace ponder::ui
