#include "ui/finding/finding_rows.h"

namespace ponder::ui {

void FindingRows::setRows(std::vector<FindingRow> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

int FindingRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant FindingRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const FindingRow& shown = row(index);
    if (role == Qt::DisplayRole) return shown.text;
    if (role != Qt::AccessibleTextRole) return {};
    QStringList spoken;
    for (const QString& part : {shown.about, shown.text, shown.detail}) {
        if (!part.isEmpty()) spoken << part;
    }
    return spoken.join(QStringLiteral(", "));
}

Qt::ItemFlags FindingRows::flags(const QModelIndex& index) const {
    if (!index.isValid() || !row(index).canBeChosen()) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace ponder::ui
