#include "ui/finding/search_filters.h"

#include "ui/finding/query_filters.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/wrap_layout.h"

#include <QLocale>
#include <QSignalBlocker>

namespace ponder::ui {

namespace {

constexpr QLatin1String kRole("role");
constexpr QLatin1String kPlace("in");
constexpr QLatin1String kModel("model");
constexpr QLatin1String kAfter("after");
constexpr QLatin1String kBefore("before");
constexpr int kLongestName = 28;

QString dayOf(const QDate& date) {
    return date.toString(Qt::ISODate);
}

struct Span {
    QString text;
    QString after;
};

std::vector<Span> spans() {
    const QDate today = QDate::currentDate();
    return {{SearchFilters::tr("Any time"), {}},
            {SearchFilters::tr("Today"), dayOf(today)},
            {SearchFilters::tr("Last 7 days"), dayOf(today.addDays(-6))},
            {SearchFilters::tr("Last 30 days"), dayOf(today.addDays(-29))},
            {SearchFilters::tr("This year"), dayOf(QDate(today.year(), 1, 1))}};
}

QString shownDate(const QString& written) {
    const QDate date = QDate::fromString(written, Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : written;
}

QString dateText(const QString& after, const QString& before) {
    if (before.isEmpty()) {
        for (const Span& span : spans()) {
            if (span.after == after) return span.text;
        }
        return SearchFilters::tr("From %1").arg(shownDate(after));
    }
    if (after.isEmpty()) return SearchFilters::tr("Before %1").arg(shownDate(before));
    return SearchFilters::tr("%1 to %2").arg(shownDate(after), shownDate(before));
}

} // namespace

SearchFilters::SearchFilters(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    auto* chips = new WrapLayout(space::kSmall);
    setLayout(chips);
    addChip(tr("My messages"), kRole, QStringLiteral("user"));
    addChip(tr("Answers"), kPlace, QStringLiteral("answers"));
    addChip(tr("Thoughts"), kPlace, QStringLiteral("thoughts"));
    model_ = addButton({});
    model_->setTrailingGlyph(Icon::ChevronDown);
    date_ = addButton({});
    date_->setTrailingGlyph(Icon::ChevronDown);
    addChip(tr("Archive"), kPlace, QStringLiteral("archive"));
    connect(model_, &Button::clicked, this, &SearchFilters::openModels);
    connect(date_, &Button::clicked, this, &SearchFilters::openDates);
    setQuery({});
}

Button* SearchFilters::addButton(const QString& text) {
    auto* button = new Button(theme_, ButtonLook::Outlined, this);
    button->setText(text);
    button->setCheckable(true);
    layout()->addWidget(button);
    return button;
}

void SearchFilters::addChip(const QString& text, const QString& name, const QString& value) {
    const Chip chip{addButton(text), name, value};
    chips_.push_back(chip);
    connect(chip.button, &Button::clicked, this, [this, chip](bool on) { toggle(chip, on); });
}

void SearchFilters::toggle(const Chip& chip, bool on) {
    QString query = query_;
    // Whose words, and where they stand: one of them at a time means something.
    if (chip.name == kRole || chip.value != QLatin1String("archive")) {
        query = withFilter(query, kRole, {});
        if (filterValue(query, kPlace) != QLatin1String("archive")) query = withFilter(query, kPlace, {});
    }
    take(withFilter(query, chip.name, on ? chip.value : QString()));
}

void SearchFilters::take(const QString& query) {
    setQuery(query);
    emit changed(query);
}

void SearchFilters::setQuery(const QString& query) {
    query_ = query;
    for (const Chip& chip : chips_) {
        const QSignalBlocker quiet(chip.button);
        chip.button->setChecked(filterValue(query, chip.name) == chip.value);
        chip.button->update();
    }
    const QString model = filterValue(query, kModel);
    model_->setText(model.isEmpty() ? tr("Any model") : model.left(kLongestName));
    model_->setChecked(!model.isEmpty());
    const QString after = filterValue(query, kAfter);
    const QString before = filterValue(query, kBefore);
    date_->setText(dateText(after, before));
    date_->setChecked(!after.isEmpty() || !before.isEmpty());
    layout()->invalidate();
    updateGeometry();
}

void SearchFilters::setModelNames(const QStringList& names) {
    modelNames_ = names;
}

void SearchFilters::openModels() {
    setQuery(query_); // the press has checked the button
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString now = filterValue(query_, kModel);
    const auto add = [&](const QString& text, const QString& value) {
        connect(menu->add(now == value ? Icon::Check : Icon::None, text), &QAction::triggered, this,
                [this, value] { take(withFilter(query_, kModel, value)); });
    };
    add(tr("Any model"), {});
    for (const QString& name : modelNames_) add(name, name);
    menu->popup(model_->mapToGlobal(QPoint(0, model_->height() + space::kTiny)));
}

void SearchFilters::openDates() {
    setQuery(query_);
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString now = filterValue(query_, kAfter);
    for (const Span& span : spans()) {
        connect(
            menu->add(now == span.after ? Icon::Check : Icon::None, span.text), &QAction::triggered, this,
            [this, after = span.after] { take(withFilter(withFilter(query_, kBefore, {}), kAfter, after)); });
    }
    menu->popup(date_->mapToGlobal(QPoint(0, date_->height() + space::kTiny)));
}

} // namespace ponder::ui
