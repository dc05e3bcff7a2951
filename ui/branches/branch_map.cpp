#include "ui/branches/branch_map.h"

#include "ui/branches/branch_delegate.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/tab_order.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr QSize kUsualSize(720, 560);

} // namespace

BranchMap::BranchMap(Theme& theme, const std::vector<BranchNode>& nodes, QWidget* parent)
    : SurfaceDialog(theme, parent), rows_(new BranchRows(this)), list_(new QListView(this)),
      hint_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      compare_(makeButton(ButtonLook::Outlined, tr("Compare"))),
      go_(makeButton(ButtonLook::Filled, tr("Go there"))) {
    setWindowTitle(tr("Versions of this chat"));
    resize(kUsualSize);
    rows_->setNodes(nodes);
    list_->setModel(rows_);
    list_->setItemDelegate(new BranchDelegate(theme_, list_));
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setAccessibleName(tr("Messages and their versions"));
    hint_->setText(tr("Ctrl+click a second answer to compare two."));
    Button* close = makeButton(ButtonLook::Outlined, tr("Close"));

    auto* title = new Label(theme_, TextStyle::Heading2, &Colours::text, this);
    title->setText(tr("Versions of this chat"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addWidget(hint_, 1);
    buttons->addWidget(close);
    buttons->addWidget(compare_);
    buttons->addWidget(go_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kMedium);
    column->addWidget(title);
    column->addWidget(list_, 1);
    column->addLayout(buttons);

    connect(list_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &BranchMap::refreshButtons);
    connect(list_, &QListView::activated, this, &BranchMap::goThere);
    connect(go_, &Button::clicked, this, [this] { goThere(list_->currentIndex()); });
    connect(compare_, &Button::clicked, this, [this] {
        const std::vector<int> ids = selected();
        if (ids.size() == 2) emit comparisonWanted(ids[0], ids[1]);
    });
    connect(close, &Button::clicked, this, &QDialog::reject);
    connect(&theme_, &Theme::changed, this, &BranchMap::takeTheme);
    takeTheme();
    const auto last =
        std::find_if(nodes.rbegin(), nodes.rend(), [](const BranchNode& node) { return node.onPath; });
    if (last != nodes.rend()) list_->setCurrentIndex(rows_->index(rows_->rowOf(last->id)));
    tabAsLaidOut(*this);
    list_->setFocus();
    refreshButtons();
}

std::vector<int> BranchMap::selected() const {
    std::vector<int> ids;
    for (const QModelIndex& index : list_->selectionModel()->selectedRows())
        ids.push_back(index.data(BranchRows::NodeId).toInt());
    std::sort(ids.begin(), ids.end());
    return ids;
}

void BranchMap::refreshButtons() {
    const QModelIndexList rows = list_->selectionModel()->selectedRows();
    go_->setEnabled(rows.size() == 1);
    compare_->setEnabled(rows.size() == 2 &&
                         std::all_of(rows.begin(), rows.end(), [](const QModelIndex& index) {
                             return index.data(BranchRows::IsAnswer).toBool();
                         }));
}

void BranchMap::goThere(const QModelIndex& index) {
    if (!index.isValid()) return;
    emit chosen(index.data(BranchRows::NodeId).toInt());
    accept();
}

void BranchMap::takeTheme() {
    list_->setStyleSheet(QString("QListView { background: transparent; border: none; outline: none; }") +
                         scrollBarStyle(theme_));
    update();
}

} // namespace ponder::ui
