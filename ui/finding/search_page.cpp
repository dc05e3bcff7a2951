#include "ui/finding/search_page.h"

#include "ui/finding/search_filters.h"
#include "ui/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/reading_column.h"
#include "ui/widgets/search_field.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <utility>

namespace ponder::ui {

namespace {

constexpr int kFirstMessages = 50;
constexpr int kMoreNumber = -2; // of the row that shows more

} // namespace

SearchPage::SearchPage(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme),
      header_(new PageHeader(theme, tr("Search"), tr("Close the search (Esc)"), this)),
      field_(new SearchField(theme, FieldLook::Framed, this)), filters_(new SearchFilters(theme, this)),
      count_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      list_(new FindingList(theme, 2, this)), nothing_(new QWidget(this)),
      what_(new Label(theme, TextStyle::Title, &Colours::text, nothing_)),
      next_(new Label(theme, TextStyle::Control, &Colours::muted, nothing_)) {
    setAccessibleName(tr("Search"));
    field_->setHint(tr("Search all chats"));
    list_->setAccessibleName(tr("Messages found"));
    auto* words = new QVBoxLayout(nothing_);
    words->setContentsMargins(0, space::kHuge, 0, 0);
    words->setSpacing(space::kSmall);
    for (Label* label : {what_, next_}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        words->addWidget(label);
    }
    words->addStretch();
    nothing_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    count_->setContentsMargins(space::kMedium, space::kTiny, 0, 0);
    auto* column = new ReadingColumn(this);
    for (QWidget* part : std::initializer_list<QWidget*>{field_, filters_, count_, list_, nothing_})
        column->add(part);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(header_);
    all->addWidget(column, 1);
    setFocusProxy(field_);
    hide();
    connect(field_, &QLineEdit::textEdited, this, &SearchPage::takeQuery);
    connect(filters_, &SearchFilters::changed, this, [this](const QString& query) {
        field_->setText(query);
        field_->setFocus(Qt::OtherFocusReason);
        takeQuery();
    });
    connect(list_, &FindingList::activated, this, &SearchPage::activate);
    connect(header_, &PageHeader::sidebarToggled, this, &SearchPage::sidebarToggled);
    connect(header_, &PageHeader::closed, this, &SearchPage::closed);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SearchPage::setSidebarShown(bool shown) {
    header_->setSidebarShown(shown);
}

void SearchPage::open(const QString& query) {
    if (!query.isEmpty() || field_->text().isEmpty()) field_->setText(query);
    show();
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
    takeQuery();
}

void SearchPage::setModelNames(const QStringList& names) {
    filters_->setModelNames(names);
}

void SearchPage::takeQuery() {
    limit_ = kFirstMessages;
    filters_->setQuery(field_->text());
    if (field_->text().trimmed().isEmpty()) {
        found_ = {};
        return rebuild(FindingList::Choice::First);
    }
    emit searched(field_->text(), limit_);
}

void SearchPage::askForMore() {
    limit_ *= 4;
    emit searched(field_->text(), limit_);
}

void SearchPage::setFound(const FoundMessages& found) {
    if (found.query != field_->text()) return;
    const bool more = found.query == found_.query && found.messages.size() > found_.messages.size();
    found_ = found;
    rebuild(more ? FindingList::Choice::Same : FindingList::Choice::First);
}

void SearchPage::say(const QString& what, const QString& next) {
    what_->setText(what);
    next_->setText(next);
    nothing_->setVisible(!what.isEmpty());
    list_->setVisible(what.isEmpty());
}

QString SearchPage::countText() const {
    if (found_.messages.empty()) return {};
    const int total = int(std::min<qint64>(found_.total, std::numeric_limits<int>::max()));
    return found_.isMore ? tr("More than %n message(s)", nullptr, total - 1)
                         : tr("%n message(s)", nullptr, total);
}

void SearchPage::rebuild(FindingList::Choice choice) {
    if (field_->text().trimmed().isEmpty())
        say(tr("Search in all your chats"), tr("Every word must be in the message. “Quotes” find words that "
                                               "follow one another, and a star after the "
                                               "beginning of a word finds every word that begins so."));
    else if (!found_.problem.isEmpty())
        say(tr("This cannot be searched for"), found_.problem);
    else if (found_.messages.empty())
        say(tr("Nothing was found"), tr("Try fewer words, or take a filter away."));
    else
        say({}, {});
    count_->setText(countText());
    count_->setVisible(!count_->text().isEmpty());

    // Chats in the order of their best message, each with all of its messages.
    std::vector<QString> chats;
    for (const FoundMessage& message : found_.messages) {
        if (std::find(chats.begin(), chats.end(), message.chat) == chats.end()) chats.push_back(message.chat);
    }
    std::vector<FindingRow> rows;
    for (const QString& chat : chats) {
        bool first = true;
        for (const FoundMessage& message : found_.messages) {
            if (message.chat != chat) continue;
            if (std::exchange(first, false))
                rows.push_back({.kind = FindingKind::Title,
                                .text = message.title.isEmpty() ? tr("Untitled chat") : message.title,
                                .marks = {},
                                .about = {},
                                .detail = {}});
            rows.push_back({.kind = FindingKind::Message,
                            .text = message.snippet,
                            .marks = message.marks,
                            .about = message.role == Role::User ? tr("You") : tr("Answer"),
                            .detail = locale().toString(message.written.date(), QLocale::ShortFormat),
                            .number = int(&message - found_.messages.data())});
        }
    }
    const qint64 left = found_.total - qint64(found_.messages.size());
    if (!rows.empty() && left > 0)
        rows.push_back({.icon = Icon::ChevronDown,
                        .text = tr("Show more"),
                        .marks = {},
                        .about = {},
                        .detail = {},
                        .number = kMoreNumber});
    list_->setRows(std::move(rows), choice);
}

void SearchPage::activate(int number) {
    if (number == kMoreNumber) return askForMore();
    if (number >= 0 && number < int(found_.messages.size()))
        emit messageChosen(found_.messages[size_t(number)], found_.words);
}

void SearchPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else if (!list_->takeKey(*event))
        QWidget::keyPressEvent(event);
}

void SearchPage::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), theme_.colours().background);
}

} // namespace ponder::ui
