#pragma once

#include "ui/library/library_values.h"
#include "ui/widgets/page_scroll.h"

class QVBoxLayout;

namespace ponder::ui {

class Label;
class Theme;

/// Where models are looked for: the folders of other programs and those of the person's own. UI thread only.
class FoldersPart : public PageScroll {
    Q_OBJECT
public:
    explicit FoldersPart(Theme& theme, QWidget* parent = nullptr);

    void setFolders(const std::vector<ModelFolder>& folders);
    /// How the list is kept true: "10,000 files looked through", or why it cannot be.
    void setWatching(const QString& words);

signals:
    void added(const QString& path);
    void takenOff(const QString& path);
    void rescanRequested();

private:
    void rebuild();
    void askForFolder();
    QWidget* makeRow(const ModelFolder& folder);

    std::vector<ModelFolder> folders_;
    QVBoxLayout* rows_;
    Label* watching_;
};

} // namespace ponder::ui
