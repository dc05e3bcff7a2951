#include "ui/finding/palette.h"

#include "ui/finding/title_match.h"
#include "ui/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/popup_card.h"
#include "ui/widgets/search_field.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kWidest = 640;
constexpr int kFromTop = 72;
constexpr int kMostHeight = 520;
constexpr int kMostEntries = 6; // of a section
constexpr int kMostMessages = 6;

QString headingOf(PaletteSection section, bool anythingTyped) {
    switch (section) {
    case PaletteSection::Chats:
        return anythingTyped ? Palette::tr("Chats") : Palette::tr("Recent chats");
    case PaletteSection::Actions:
        return Palette::tr("Actions");
    case PaletteSection::Settings:
        return Palette::tr("Settings");
    case PaletteSection::Models:
        return Palette::tr("Models");
    }
    return {};
}

} // namespace

Palette::Palette(Theme& theme, QWidget& window)
    : QWidget(&window), theme_(theme), card_(new QWidget(this)),
      field_(new SearchField(theme, FieldLook::Bare, card_)), list_(new FindingList(theme, 1, card_)),
      hints_(new Label(theme, TextStyle::Caption, &Colours::muted, card_)) {
    setAccessibleName(tr("Command palette"));
    field_->setHint(tr("Find chats, messages, actions and settings"));
    list_->setAccessibleName(tr("What was found"));
    hints_->setText(tr("Enter opens, Ctrl+Enter shows all messages, Esc closes"));
    hints_->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, 0);
    auto* column = new QVBoxLayout(card_);
    column->setContentsMargins(space::kSmall, space::kSmall, space::kSmall, space::kSmall);
    column->setSpacing(space::kTiny);
    column->addWidget(field_);
    column->addWidget(list_, 1);
    column->addWidget(hints_);
    hide();
    connect(field_, &QLineEdit::textChanged, this, &Palette::takeTyped);
    connect(list_, &FindingList::activated, this, &Palette::run);
    connect(&theme_, &Theme::changed, this, &Palette::place);
    field_->installEventFilter(this);
    window.installEventFilter(this);
}

void Palette::setSource(PaletteSection section, Source source) {
    sources_[size_t(section)] = std::move(source);
}

void Palette::refresh() {
    for (size_t i = 0; i < kPaletteSections; ++i) {
        if (sources_[i]) entries_[i] = sources_[i]();
    }
    rebuild(FindingList::Choice::Same);
}

void Palette::setMessages(const FoundMessages& found) {
    if (!isVisible() || found.query != typed()) return;
    found_ = found;
    rebuild(FindingList::Choice::Same);
}

QString Palette::typed() const {
    return field_->text().trimmed();
}

void Palette::open() {
    if (isVisible()) return field_->selectAll();
    before_ = QApplication::focusWidget();
    found_ = {};
    field_->clear();
    refresh();
    place();
    show();
    raise();
    field_->setFocus(Qt::PopupFocusReason);
    emit opened();
}

void Palette::close() {
    if (!isVisible()) return;
    hide();
    if (before_ && before_->isVisible()) before_->setFocus(Qt::OtherFocusReason);
    runs_.clear();
    entries_ = {};
}

void Palette::takeTyped() {
    // What was found for the word so far stays until there is an answer for this one: no flicker.
    if (typed().isEmpty()) found_ = {};
    rebuild(FindingList::Choice::First);
    if (!typed().isEmpty()) emit searched(typed());
}

void Palette::rebuild(FindingList::Choice choice) {
    std::vector<FindingRow> rows;
    runs_.clear();
    const QString query = typed();
    for (size_t i = 0; i < kPaletteSections; ++i) {
        const auto section = PaletteSection(i);
        // Where nothing is typed: what one does most. The rest has to be named.
        if (query.isEmpty() && section > PaletteSection::Actions) continue;
        addSection(rows, section, query);
    }
    addMessages(rows);
    if (!query.isEmpty()) {
        runs_.push_back([this, query](Qt::KeyboardModifiers) { emit searchPageWanted(query); });
        rows.push_back({.icon = Icon::Search,
                        .text = tr("Search all messages for “%1”").arg(query),
                        .marks = {},
                        .about = {},
                        .detail = QKeySequence(Qt::CTRL | Qt::Key_Enter).toString(QKeySequence::NativeText),
                        .number = int(runs_.size()) - 1});
    }
    list_->setRows(std::move(rows), choice);
    place();
}

void Palette::addSection(std::vector<FindingRow>& rows, PaletteSection section, const QString& typed) {
    struct Hit {
        const PaletteEntry* entry;
        TitleMatch match;
    };
    std::vector<Hit> hits;
    for (const PaletteEntry& entry : entries_[size_t(section)]) {
        std::optional<TitleMatch> match = matchTitle(typed, entry.text);
        if (!match && !entry.words.isEmpty() && beginsWords(typed, entry.text + u' ' + entry.words))
            match = TitleMatch{};
        if (match) hits.push_back({&entry, std::move(*match)});
        if (typed.isEmpty() && hits.size() == size_t(kMostEntries)) break;
    }
    if (hits.empty()) return;
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& a, const Hit& b) { return a.match.score > b.match.score; });
    if (hits.size() > size_t(kMostEntries)) hits.resize(size_t(kMostEntries));
    rows.push_back({.kind = FindingKind::Heading,
                    .text = headingOf(section, !typed.isEmpty()),
                    .marks = {},
                    .about = {},
                    .detail = {}});
    for (const Hit& hit : hits) {
        runs_.push_back([run = hit.entry->run](Qt::KeyboardModifiers) { run(); });
        rows.push_back({.icon = hit.entry->icon,
                        .text = hit.entry->text,
                        .marks = hit.match.marks,
                        .about = {},
                        .detail = hit.entry->detail,
                        .number = int(runs_.size()) - 1});
    }
}

void Palette::addMessages(std::vector<FindingRow>& rows) {
    if (found_.messages.empty()) return;
    rows.push_back(
        {.kind = FindingKind::Heading, .text = tr("Messages"), .marks = {}, .about = {}, .detail = {}});
    for (const FoundMessage& message : found_.messages) {
        if (&message - found_.messages.data() == kMostMessages) break;
        runs_.push_back([this, message, query = typed()](Qt::KeyboardModifiers modifiers) {
            if (modifiers & Qt::ControlModifier)
                emit searchPageWanted(query);
            else
                emit messageChosen(message, found_.words);
        });
        rows.push_back({.kind = FindingKind::Message,
                        .text = message.snippet,
                        .marks = message.marks,
                        .about = message.title,
                        .detail = locale().toString(message.written.date(), QLocale::ShortFormat),
                        .number = int(runs_.size()) - 1});
    }
}

void Palette::run(int number, Qt::KeyboardModifiers modifiers) {
    if (number < 0 || number >= int(runs_.size())) return;
    const auto run = runs_[size_t(number)];
    close();
    run(modifiers);
}

void Palette::place() {
    setGeometry(parentWidget()->rect());
    const int wide = std::min(theme_.scaled(kWidest), width() - 2 * space::kWide);
    const int room = height() - 2 * kFromTop;
    const int around = card_->layout()->sizeHint().height() - list_->sizeHint().height();
    const int tall = std::min({around + list_->wholeHeight(), theme_.scaled(kMostHeight), room});
    card_->setGeometry((width() - wide) / 2, kFromTop, wide, std::max(tall, around));
    update();
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (watched != field_) {
        if (event->type() == QEvent::Resize && isVisible()) place();
        return false;
    }
    if (event->type() != QEvent::KeyPress) return false;
    const auto& key = *static_cast<QKeyEvent*>(event);
    const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    if (key.key() == Qt::Key_Escape) {
        close();
        return true;
    }
    if (enter && key.modifiers() & Qt::ControlModifier) {
        const QString query = typed();
        close();
        emit searchPageWanted(query);
        return true;
    }
    return list_->takeKey(key);
}

/// The keyboard stays in the field; Tab goes through what was found, as the arrows do.
bool Palette::focusNextPrevChild(bool next) {
    list_->step(next ? 1 : -1);
    return true;
}

void Palette::mousePressEvent(QMouseEvent* event) {
    if (!card_->geometry().contains(event->position().toPoint())) close();
}

void Palette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPopupCard(painter, theme_, card_->geometry());
    for (const int y : {field_->geometry().bottom() + space::kTiny / 2, hints_->geometry().top()})
        painter.fillRect(QRect(card_->x(), card_->y() + y, card_->width(), 1), theme_.colours().border);
}

} // namespace ponder::ui
