#include "ui/library/library_page.h"

#include "ui/library/card_part.h"
#include "ui/library/downloads_part.h"
#include "ui/library/folders_part.h"
#include "ui/library/library_list.h"
#include "ui/library/offers_part.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/notice_card.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/tab_order.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedWidget>

namespace ponder::ui {

namespace {

constexpr int kListWidth = 340;
constexpr int kBothFrom = 780; // narrower, the list and the card take turns
constexpr int kWidest = 1160;
constexpr int kWidestOffers = 820;

/// `part` no wider than is good for reading, below the tabs.
QWidget* narrowed(QWidget* part, int widest) {
    auto* whole = new QWidget;
    auto* row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(part, 1000);
    row->addStretch(1);
    part->setMaximumWidth(widest);
    return whole;
}

} // namespace

LibraryPage::LibraryPage(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme),
      header_(new PageHeader(theme, tr("Models"), tr("Back to the chat (Esc)"), this)),
      notice_(new NoticeCard(theme, this)), stack_(new QStackedWidget(this)), side_(new QWidget),
      search_(new SearchField(theme, FieldLook::Framed, side_)),
      count_(new Label(theme, TextStyle::Caption, &Colours::muted, side_)),
      list_(new LibraryList(theme, side_)), get_(new Button(theme, ButtonLook::Filled, side_)),
      foldersButton_(new Button(theme, ButtonLook::Quiet, side_)),
      back_(new Button(theme, ButtonLook::Quiet)), detail_(new QStackedWidget), card_(new CardPart(theme)),
      folders_(new FoldersPart(theme)), offers_(new OffersPart(theme)), downloads_(new DownloadsPart(theme)) {
    setAccessibleName(tr("Models"));
    stack_->addWidget(makeHere());
    stack_->addWidget(narrowed(offers_, kWidestOffers));
    stack_->addWidget(narrowed(downloads_, kWidestOffers));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(header_);
    all->addWidget(makeTabs());
    auto* notice = new QHBoxLayout;
    notice->setContentsMargins(space::kLarge, 0, space::kLarge, 0);
    notice->addWidget(notice_);
    all->addLayout(notice);
    all->addWidget(stack_, 1);
    hide();
    connect(header_, &PageHeader::sidebarToggled, this, &LibraryPage::sidebarToggled);
    connect(header_, &PageHeader::closed, this, &LibraryPage::closed);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& words) {
        list_->setFilter(words);
        sayCount();
    });
    connect(list_, &LibraryList::chosen, this, &LibraryPage::takeChoice);
    // Where there is room for one of them, arrows go on through the list, a click opens the card.
    connect(list_, &QListView::clicked, this, [this] {
        isDetailWanted_ = true;
        arrange();
    });
    connect(foldersButton_, &Button::clicked, this, [this] {
        choose({});
        isDetailWanted_ = true;
        arrange();
        emit chosen({});
    });
    connect(back_, &Button::clicked, this, [this] {
        isDetailWanted_ = false;
        arrange();
        list_->setFocus(Qt::OtherFocusReason);
    });
    connect(&theme_, &Theme::changed, this, [this] {
        arrange();
        update();
    });
    showTab(LibraryTab::Here);
    choose({});
    sayCount();
    tabAsLaidOut(*this);
}

QWidget* LibraryPage::makeTabs() {
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(space::kLarge, space::kTiny, space::kLarge, space::kSmall);
    line->setSpacing(space::kTiny);
    const std::pair<LibraryTab, QString> titles[] = {{LibraryTab::Here, tr("On this computer")},
                                                     {LibraryTab::Get, tr("Get a model")},
                                                     {LibraryTab::Downloads, tr("Downloads")}};
    for (const auto& [tab, title] : titles) {
        auto* button = new Button(theme_, ButtonLook::Row, row);
        button->setText(title);
        button->setTextStyle(TextStyle::Control);
        button->setCheckable(true);
        button->setExtent(36);
        // By a click, a key, or a screen reader, which toggles: one of them is always down.
        connect(button, &Button::toggled, this, [this, tab = tab](bool down) {
            if (down != (tab == tab_)) showTab(tab);
        });
        line->addWidget(button);
        tabs_[tab] = button;
    }
    line->addStretch(1);
    return row;
}

QWidget* LibraryPage::makeHere() {
    search_->setHint(tr("Search the models"));
    count_->setContentsMargins(space::kMedium, 0, 0, 0);
    get_->setText(tr("Get a model"));
    get_->setExtent(36);
    connect(get_, &Button::clicked, this, [this] { open(LibraryTab::Get); });
    foldersButton_->setText(tr("Folders…"));
    foldersButton_->setGlyph(Icon::Folder);
    foldersButton_->setTextStyle(TextStyle::Control);
    foldersButton_->setTextAlignment(Qt::AlignLeft);
    foldersButton_->setExtent(36);
    auto* column = new QVBoxLayout(side_);
    column->setContentsMargins(space::kLarge, space::kSmall, 0, space::kSmall);
    column->setSpacing(space::kSmall);
    column->addWidget(search_);
    column->addWidget(count_);
    column->addWidget(get_, 0, Qt::AlignLeading);
    column->addWidget(list_, 1);
    column->addWidget(foldersButton_);
    back_->setText(tr("All models"));
    back_->setGlyph(Icon::ChevronLeft);
    back_->setTextStyle(TextStyle::Control);
    detail_->addWidget(folders_);
    detail_->addWidget(card_);
    auto* right = new QWidget;
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(back_, 0, Qt::AlignLeading);
    rightColumn->addWidget(detail_, 1);
    right->setObjectName("detail");
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(side_);
    row->addWidget(right, 1);
    return narrowed(both, kWidest);
}

void LibraryPage::open(LibraryTab tab) {
    show();
    showTab(tab);
    emit opened();
    if (tab == LibraryTab::Here)
        (list_->all() > 0 ? static_cast<QWidget*>(list_) : search_)->setFocus(Qt::ShortcutFocusReason);
    else if (tab == LibraryTab::Get)
        offers_->focusLink();
    else
        tabs_.at(tab)->setFocus(Qt::ShortcutFocusReason);
}

void LibraryPage::showTab(LibraryTab tab) {
    tab_ = tab;
    for (const auto& [each, button] : tabs_) button->setChecked(each == tab);
    stack_->setCurrentIndex(int(tab));
    tabAsLaidOut(*this);
}

void LibraryPage::setSidebarShown(bool shown) {
    header_->setSidebarShown(shown);
}

void LibraryPage::showNotice(NoticeKind kind, const Failure& notice) {
    notice_->setNotice(kind, notice, {});
}

void LibraryPage::setRows(std::vector<LibraryRow> rows) {
    list_->setRows(std::move(rows));
    sayCount();
}

void LibraryPage::setScanning(const QString& words) {
    scanning_ = words;
    sayCount();
}

void LibraryPage::sayCount() {
    if (!scanning_.isEmpty())
        count_->setText(scanning_);
    else if (list_->all() == 0)
        count_->setText(tr("No models were found."));
    else if (list_->shown() == 0)
        count_->setText(tr("No model is called that."));
    else
        count_->setText(tr("%Ln model(s)", nullptr, list_->shown()));
    count_->setWordWrap(true);
    get_->setVisible(list_->all() == 0 && scanning_.isEmpty());
}

void LibraryPage::choose(const QString& path) {
    list_->choose(path);
    detail_->setCurrentWidget(path.isEmpty() ? static_cast<QWidget*>(folders_) : card_);
    if (!path.isEmpty()) isDetailWanted_ = true;
    arrange();
}

QString LibraryPage::chosenPath() const {
    return list_->chosenPath();
}

void LibraryPage::takeChoice(const QString& path) {
    detail_->setCurrentWidget(card_);
    emit chosen(path);
}

void LibraryPage::setOpenDownloads(int count) {
    tabs_.at(LibraryTab::Downloads)->setText(count == 0 ? tr("Downloads") : tr("Downloads (%1)").arg(count));
}

void LibraryPage::arrange() {
    const bool both = width() >= theme_.scaled(kBothFrom);
    auto* right = findChild<QWidget*>("detail");
    side_->setVisible(both || !isDetailWanted_);
    right->setVisible(both || isDetailWanted_);
    back_->setVisible(!both);
    if (both)
        side_->setFixedWidth(theme_.scaled(kListWidth));
    else {
        side_->setMinimumWidth(0);
        side_->setMaximumWidth(QWIDGETSIZE_MAX);
    }
    tabAsLaidOut(*this);
}

void LibraryPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void LibraryPage::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && list_->hasFocus() && !chosenPath().isEmpty()) {
        isDetailWanted_ = true;
        return arrange();
    }
    if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
    if (!search_->text().isEmpty() && search_->hasFocus()) return search_->clear();
    emit closed();
}

void LibraryPage::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), theme_.colours().background);
}

} // namespace ponder::ui
