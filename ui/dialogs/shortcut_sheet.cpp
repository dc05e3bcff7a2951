#include "ui/dialogs/shortcut_sheet.h"

#include "ui/key_bindings.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

struct SheetLine {
    QString keys;
    QString text;
};

std::vector<SheetLine> linesOf(CommandGroup group) {
    std::vector<SheetLine> lines;
    for (const CommandKeys& entry : commandTable()) {
        const QList<QKeySequence> keys = KeyBindings::ofProgram().keys(entry.command);
        if (entry.group == group && !keys.isEmpty()) lines.push_back({shownKeys({keys.first()}), entry.text});
    }
    for (const FixedKey& key : fixedKeys()) {
        if (key.group == group) lines.push_back({key.keys, key.text});
    }
    return lines;
}

} // namespace

ShortcutSheet::ShortcutSheet(Theme& theme, QWidget* parent) : SurfaceDialog(theme, parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    const auto label = [this](TextStyle style, QColor Colours::*colour, const QString& text) {
        auto* made = new Label(theme_, style, colour, this);
        made->setText(text);
        return made;
    };
    const auto table = [&](CommandGroup group) {
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(space::kLarge);
        grid->setVerticalSpacing(6);
        grid->addWidget(label(TextStyle::BodyStrong, &Colours::text, titleOf(group)), 0, 0, 1, 2);
        int row = 1;
        for (const SheetLine& line : linesOf(group)) {
            grid->addWidget(label(TextStyle::Label, &Colours::text, line.keys), row, 0);
            grid->addWidget(label(TextStyle::Control, &Colours::muted, line.text), row, 1);
            ++row;
        }
        grid->setColumnStretch(1, 1);
        return grid;
    };
    auto* left = new QVBoxLayout;
    left->addLayout(table(CommandGroup::Chats));
    left->addSpacing(space::kLarge);
    left->addLayout(table(CommandGroup::Window));
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->addLayout(table(CommandGroup::Messages));
    right->addStretch(1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(space::kHuge);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);

    Button* change = makeButton(ButtonLook::Outlined, tr("Change keys…"));
    connect(change, &Button::clicked, this, [this] {
        accept();
        emit changeRequested();
    });
    Button* close = makeButton(ButtonLook::Filled, tr("Close"));
    connect(close, &Button::clicked, this, &QDialog::accept);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(change);
    buttons->addWidget(close);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kHuge, space::kWide, space::kHuge, space::kWide);
    column->setSpacing(space::kLarge);
    column->addWidget(label(TextStyle::Heading1, &Colours::text, tr("Keyboard shortcuts")));
    column->addLayout(columns);
    column->addLayout(buttons);
    close->setFocus();
    layout()->setSizeConstraint(QLayout::SetFixedSize);
}

} // namespace ponder::ui
