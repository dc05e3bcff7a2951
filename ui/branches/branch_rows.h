#pragma once

#include "ui/message_content.h"

#include <QAbstractListModel>

#include <vector>

namespace ponder::ui {

/// One message of a chat's tree. Parent 0 is the chat itself.
struct BranchNode {
    int id = 0;
    int parent = 0;
    Role role = Role::User;
    QString text; ///< its first words
    int tokens = 0;
    double seconds = 0;
    bool onPath = false; ///< on the path that is being read

    bool operator==(const BranchNode&) const = default;
};

/// A chat's tree as rows: a message stands below the one it answers; where there are several versions, the
/// later ones begin a lane of their own, further in.
class BranchRows : public QAbstractListModel {
    Q_OBJECT
public:
    enum RowRole { NodeId = Qt::UserRole, Lane, IsOnPath, IsAnswer, Figures, LanesAbove, LanesBelow };

    explicit BranchRows(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    /// Nodes by number: parents before children.
    void setNodes(const std::vector<BranchNode>& nodes);
    int rowOf(int id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        BranchNode node;
        int lane = 0;
        quint64 above = 0; ///< bit n: a line of lane n comes in from the row above
        quint64 below = 0; ///< and goes on to the row below
        int version = 1;
        int versions = 1;
    };

    QString figuresOf(const Row& row) const;

    std::vector<Row> rows_;
};

} // namespace ponder::ui
