#include "ui/branches/branch_rows.h"

#include <QLocale>

#include <algorithm>
#include <map>

namespace ponder::ui {

namespace {

constexpr int kMostLanes = 24; // further in they share one

} // namespace

void BranchRows::setNodes(const std::vector<BranchNode>& nodes) {
    beginResetModel();
    rows_.clear();
    std::map<int, std::vector<const BranchNode*>> children;
    for (const BranchNode& node : nodes) children[node.parent].push_back(&node);

    struct Open {
        const BranchNode* node;
        int lane, version, versions;
    };
    std::vector<Open> open;
    const auto push = [&](int parent, int lane) {
        const auto& below = children[parent];
        const int count = int(below.size());
        // The first version goes on in its parent's lane, right below it; a stack hands out the last one
        // first.
        for (int i = count - 1; i >= 0; --i)
            open.push_back({below[size_t(i)], std::min(i == 0 ? lane : lane + 1, kMostLanes), i + 1, count});
    };
    push(0, 0);
    while (!open.empty()) {
        const Open next = open.back();
        open.pop_back();
        rows_.push_back({*next.node, next.lane, 0, 0, next.version, next.versions});
        push(next.node->id, next.lane);
    }
    // A lane's line runs from a message to the next one that answers it.
    for (int row = 0; row < int(rows_.size()); ++row) {
        const int parent = rowOf(rows_[size_t(row)].node.parent);
        if (parent < 0) continue;
        const quint64 lane = quint64(1) << rows_[size_t(parent)].lane;
        rows_[size_t(parent)].below |= lane;
        for (int between = parent + 1; between < row; ++between) {
            rows_[size_t(between)].above |= lane;
            rows_[size_t(between)].below |= lane;
        }
        rows_[size_t(row)].above |= lane;
    }
    endResetModel();
}

int BranchRows::rowOf(int id) const {
    const auto found =
        std::find_if(rows_.begin(), rows_.end(), [id](const Row& row) { return row.node.id == id; });
    return found == rows_.end() ? -1 : int(found - rows_.begin());
}

int BranchRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QString BranchRows::figuresOf(const Row& row) const {
    const QLocale locale;
    QStringList parts;
    if (row.versions > 1) parts << tr("%1 of %2").arg(row.version).arg(row.versions);
    if (row.node.tokens > 0) parts << tr("%1 tokens").arg(locale.toString(row.node.tokens));
    if (row.node.seconds > 0) parts << tr("%1 s").arg(locale.toString(row.node.seconds, 'f', 1));
    return parts.join("  ·  ");
}

QVariant BranchRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= int(rows_.size())) return {};
    const Row& row = rows_[size_t(index.row())];
    const bool answer = row.node.role == Role::Assistant;
    switch (role) {
    case Qt::DisplayRole:
        return row.node.text;
    case Qt::AccessibleTextRole:
        return (answer ? tr("Answer: %1. %2") : tr("You: %1. %2")).arg(row.node.text, figuresOf(row));
    case NodeId:
        return row.node.id;
    case Lane:
        return row.lane;
    case IsOnPath:
        return row.node.onPath;
    case IsAnswer:
        return answer;
    case Figures:
        return figuresOf(row);
    case LanesAbove:
        return row.above;
    case LanesBelow:
        return row.below;
    default:
        return {};
    }
}

} // namespace ponder::ui
