#include "ui/dialogs/chat_options_dialog.h"

#include "ui/dialogs/settings_list.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/text_field.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr QSize kUsualSize(720, 680);
constexpr int kLongestName = 80;

} // namespace

ChatOptionsDialog::ChatOptionsDialog(Theme& theme, const std::vector<Setting>& options,
                                     const QStringList& presets, QWidget* parent)
    : SurfaceDialog(theme, parent), list_(new SettingsList(theme, tr("This chat"))),
      presets_(makeButton(ButtonLook::Outlined, tr("Presets"))) {
    setWindowTitle(tr("Settings of this chat"));
    resize(kUsualSize);
    for (const Setting& option : options) list_->add(option);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(list_);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    list_->setAutoFillBackground(false);
    scroll->setStyleSheet(QString("QScrollArea { background: transparent; }") + scrollBarStyle(theme_));
    presets_->setTrailingGlyph(Icon::ChevronDown);
    Button* close = makeButton(ButtonLook::Filled, tr("Close"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(presets_);
    foot->addStretch(1);
    foot->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kMedium);
    column->addWidget(scroll, 1);
    column->addLayout(foot);
    setPresets(presets);
    tabAsLaidOut(*this);
    connect(list_, &SettingsList::chosen, this, &ChatOptionsDialog::chosen);
    connect(presets_, &Button::clicked, this, &ChatOptionsDialog::openPresets);
    connect(close, &Button::clicked, this, &QDialog::accept);
}

void ChatOptionsDialog::setOptions(const std::vector<Setting>& options) {
    for (const Setting& option : options) list_->refresh(option);
}

void ChatOptionsDialog::setPresets(const QStringList& presets) {
    names_ = presets;
}

void ChatOptionsDialog::openPresets() {
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& name : names_)
        connect(menu->add(Icon::Check, name), &QAction::triggered, this,
                [this, name] { emit presetChosen(name); });
    if (!names_.isEmpty()) {
        menu->addSeparator();
        Menu* remove = menu->addSubmenu(Icon::Trash, tr("Delete a preset"));
        for (const QString& name : names_)
            connect(remove->add(Icon::None, name), &QAction::triggered, this,
                    [this, name] { emit presetDeleted(name); });
    }
    connect(menu->add(Icon::Plus, tr("Save as a preset…")), &QAction::triggered, this,
            &ChatOptionsDialog::askForName);
    menu->popup(presets_->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void ChatOptionsDialog::askForName() {
    auto* ask = new SurfaceDialog(theme_, this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("Save as a preset"));
    auto* words = new Label(theme_, TextStyle::Control, &Colours::text, ask);
    words->setText(tr("A name for these settings"));
    auto* field = new TextField(theme_, ask);
    field->setAccessibleName(words->text());
    field->setMaxLength(kLongestName);
    Button* save = ask->makeButton(ButtonLook::Filled, tr("Save"));
    save->setEnabled(false);
    connect(field, &QLineEdit::textChanged, save,
            [save](const QString& text) { save->setEnabled(!text.trimmed().isEmpty()); });
    const auto take = [this, ask, field] {
        const QString name = field->text().trimmed();
        if (name.isEmpty()) return;
        emit presetSaved(name);
        ask->accept();
    };
    connect(save, &Button::clicked, ask, take);
    connect(field, &QLineEdit::returnPressed, ask, take);
    auto* column = new QVBoxLayout(ask);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kMedium);
    column->addWidget(words);
    column->addWidget(field);
    column->addWidget(save, 0, Qt::AlignRight);
    ask->open();
    field->setFocus();
}

} // namespace ponder::ui
