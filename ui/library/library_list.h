#pragma once

#include "ui/library/library_rows.h"

#include <QListView>

namespace ponder::ui {

class Theme;

/// The models of the library, one under the other. Arrows and a click choose one. UI thread only.
class LibraryList : public QListView {
    Q_OBJECT
public:
    explicit LibraryList(Theme& theme, QWidget* parent = nullptr);

    /// What is chosen stays chosen.
    void setRows(std::vector<LibraryRow> rows);
    void setFilter(const QString& words);
    /// Without `chosen`; nothing is chosen where the list has no such model.
    void choose(const QString& path);
    QString chosenPath() const { return chosen_; }
    int all() const { return rows_.all(); }
    int shown() const { return rows_.rowCount(); }

signals:
    /// By a person; empty: none.
    void chosen(const QString& path);

protected:
    void focusInEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void takeTheme();
    void keepChoice();

    Theme& theme_;
    LibraryRows rows_;
    QString chosen_;
    bool isRestoring_ = false;
};

} // namespace ponder::ui
