#include "ui/dialogs/settings_part.h"

#include "ui/widgets/label.h"

#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

SettingsPart::SettingsPart(Theme& theme, const QString& title, QWidget* parent)
    : QWidget(parent), theme_(theme), title_(title), column_(new QVBoxLayout(this)) {
    setAccessibleName(title);
    auto* heading = new Label(theme, TextStyle::Heading2, &Colours::text, this);
    heading->setText(title);
    column_->setContentsMargins(0, 0, 0, space::kWide);
    column_->setSpacing(0);
    column_->addWidget(heading);
    column_->addSpacing(space::kSmall);
}

void SettingsPart::addLine(QWidget* line, const QString& words) {
    lines_.push_back({line, words});
    column_->addWidget(line);
}

void SettingsPart::addSpace(int pixels) {
    column_->addSpacing(pixels);
}

int SettingsPart::filter(const QStringList& words) {
    int found = 0;
    for (const Line& line : lines_) {
        const bool matches = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return line.words.contains(word, Qt::CaseInsensitive) ||
                   title_.contains(word, Qt::CaseInsensitive);
        });
        line.widget->setVisible(matches);
        found += matches;
    }
    return found;
}

} // namespace ponder::ui
