#pragma once

#include "ui/branches/branch_rows.h"

#include <QDialog>

class QListView;

namespace ponder::ui {

class Button;
class Label;
class Theme;

/// The whole chat with all its versions. From here one goes to any of them, or compares two answers.
class BranchMap : public QDialog {
    Q_OBJECT
public:
    BranchMap(Theme& theme, const std::vector<BranchNode>& nodes, QWidget* parent = nullptr);

signals:
    void chosen(int messageId);
    void comparisonWanted(int firstId, int secondId);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<int> selected() const;
    void refreshButtons();
    void goThere(const QModelIndex& index);
    void takeTheme();

    Theme& theme_;
    BranchRows* rows_;
    QListView* list_;
    Label* hint_;
    Button* compare_;
    Button* go_;
};

} // namespace ponder::ui
