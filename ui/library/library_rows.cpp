#include "ui/library/library_rows.h"

#include "ui/finding/text_folding.h"

#include <algorithm>

namespace ponder::ui {

namespace {

QString folded(const QString& text) {
    return foldText(text).text.toLower();
}

} // namespace

void LibraryRows::setRows(std::vector<LibraryRow> rows) {
    if (rows == rows_) return;
    const std::vector<int> before = shown_;
    const bool samePlaces =
        rows.size() == rows_.size() &&
        std::equal(rows.begin(), rows.end(), rows_.begin(),
                   [](const LibraryRow& a, const LibraryRow& b) { return a.path == b.path; });
    if (samePlaces) {
        // A model that was loaded or verified moves nothing: whoever reads on keeps the place.
        rows_ = std::move(rows);
        if (matching() == before) {
            if (!shown_.empty()) emit dataChanged(index(0), index(int(shown_.size()) - 1));
            return;
        }
    }
    beginResetModel();
    if (!samePlaces) rows_ = std::move(rows);
    shown_ = matching();
    endResetModel();
}

void LibraryRows::setFilter(const QString& words) {
    const QStringList list = folded(words).split(' ', Qt::SkipEmptyParts);
    if (list == words_) return;
    beginResetModel();
    words_ = list;
    shown_ = matching();
    endResetModel();
}

std::vector<int> LibraryRows::matching() const {
    std::vector<int> places;
    for (int i = 0; i < int(rows_.size()); ++i) {
        const LibraryRow& row = rows_[size_t(i)];
        const QString text = words_.isEmpty()
                                 ? QString()
                                 : folded(QStringList{row.name, row.line, row.where, row.problem}.join(' '));
        if (std::all_of(words_.begin(), words_.end(),
                        [&](const QString& word) { return text.contains(word); }))
            places.push_back(i);
    }
    return places;
}

const LibraryRow& LibraryRows::row(const QModelIndex& index) const {
    return rows_[size_t(shown_[size_t(index.row())])];
}

int LibraryRows::place(const QString& path) const {
    for (int i = 0; i < int(shown_.size()); ++i) {
        if (rows_[size_t(shown_[size_t(i)])].path == path) return i;
    }
    return -1;
}

int LibraryRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(shown_.size());
}

QVariant LibraryRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const LibraryRow& found = row(index);
    switch (role) {
    case Qt::DisplayRole:
        return found.name;
    case Qt::ToolTipRole:
        return QString(found.path).toHtmlEscaped();
    case Qt::AccessibleDescriptionRole:
        return found.problem.isEmpty() ? found.line : found.problem;
    default:
        return {};
    }
}

} // namespace ponder::ui
