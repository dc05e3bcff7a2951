#pragma once

#include "ui/branches/branch_rows.h"
#include "ui/dialogs/surface_dialog.h"

class QListView;

namespace ponder::ui {

class Button;
class Label;
class Theme;

/// The whole chat with all its versions. From here one goes to any of them, or compares two answers.
class BranchMap : public SurfaceDialog {
    Q_OBJECT
public:
    BranchMap(Theme& theme, const std::vector<BranchNode>& nodes, QWidget* parent = nullptr);

signals:
    void chosen(int messageId);
    void comparisonWanted(int firstId, int secondId);

private:
    std::vector<int> selected() const;
    void refreshButtons();
    void goThere(const QModelIndex& index);
    void takeTheme();

    BranchRows* rows_;
    QListView* list_;
    Label* hint_;
    Button* compare_;
    Button* go_;
};

} // namespace ponder::ui
