#pragma once

#include <QStringList>
#include <QWidget>

class QMimeData;

namespace ponder::ui {

class Theme;

/// The paths of the files in it; empty where it holds anything else.
QStringList filesIn(const QMimeData& data);

/// Takes files that are dropped anywhere on a window, and says so while they hover above it.
class FileDrop : public QWidget {
    Q_OBJECT
public:
    /// Covers `window`; belongs to it.
    FileDrop(Theme& theme, QWidget& window);

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void dropped(const QStringList& files);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
};

} // namespace ponder::ui
