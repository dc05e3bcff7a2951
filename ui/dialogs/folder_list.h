#pragma once

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace ponder::ui {

class Theme;

/// Folders, each with a button that takes it off the list, and one that adds another.
class FolderList : public QWidget {
    Q_OBJECT
public:
    FolderList(Theme& theme, const QString& name, QWidget* parent = nullptr);

    void setFolders(const QStringList& folders);

signals:
    void chosen(const QStringList& folders);

private:
    void rebuild();
    void askForFolder();

    Theme& theme_;
    QStringList folders_;
    QVBoxLayout* rows_;
};

} // namespace ponder::ui
