#pragma once

#include "ui/widgets/button.h"

#include <QStringList>

namespace ponder::ui {

/// A way to the archive or the trash at the sidebar's foot; chats can be dropped on it.
class PlaceButton : public Button {
    Q_OBJECT
public:
    PlaceButton(Theme& theme, Icon icon, const QString& name, QWidget* parent = nullptr);

signals:
    void chatsDropped(const QStringList& ids);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
    bool isTarget_ = false;
};

} // namespace ponder::ui
