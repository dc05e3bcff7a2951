#pragma once

#include "ui/library/library_values.h"

#include <QAbstractListModel>

namespace ponder::ui {

/// The models of the library that contain what is looked for. UI thread only.
class LibraryRows : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<LibraryRow> rows);
    /// Only rows whose words contain every one of `words`; empty: all.
    void setFilter(const QString& words);

    const LibraryRow& row(const QModelIndex& index) const;
    /// -1: not in the list.
    int place(const QString& path) const;
    int all() const { return int(rows_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<int> matching() const;

    std::vector<LibraryRow> rows_;
    std::vector<int> shown_;
    QStringList words_;
};

} // namespace ponder::ui
