#pragma once

#include "ui/icons.h"
#include "ui/markdown/markdown_writer.h"

#include <QAbstractListModel>

#include <vector>

namespace ponder::ui {

enum class FindingKind {
    Heading, ///< quiet, above a section
    Title,   ///< of a chat, above what was found in it
    Entry,   ///< one line: a chat, an action, a model
    Message  ///< a line about the message, and a stretch of it
};

/// One line of what was found.
struct FindingRow {
    FindingKind kind = FindingKind::Entry;
    Icon icon = Icon::None;
    QString text;                 ///< of a message: the stretch
    std::vector<TextRange> marks; ///< what was looked for, in the text
    QString about;                ///< above a message's text
    QString detail;               ///< at the end of the line: a key, a date
    int number = 0;               ///< the giver's own

    bool canBeChosen() const { return kind == FindingKind::Entry || kind == FindingKind::Message; }
};

/// The lines of what was found. Headings cannot be chosen.
class FindingRows : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<FindingRow> rows);
    const FindingRow& row(const QModelIndex& index) const { return rows_[size_t(index.row())]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<FindingRow> rows_;
};

} // namespace ponder::ui
