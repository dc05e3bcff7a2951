#include "ui/dialogs/settings_dialog.h"

#include "ui/dialogs/about_part.h"
#include "ui/dialogs/offline_part.h"
#include "ui/dialogs/settings_list.h"
#include "ui/dialogs/shortcuts_part.h"
#include "ui/key_bindings.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/text_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

namespace ponder::ui {

namespace {

constexpr QSize kUsualSize(880, 640);
constexpr QSize kLeastSize(640, 440);
constexpr int kSideWidth = 216;
constexpr int kColumn = 560;

} // namespace

SettingsDialog::SettingsDialog(Theme& theme, const std::vector<Setting>& settings,
                               const std::vector<DataPlace>& places, QWidget* parent)
    : QDialog(parent), theme_(theme), side_(new QWidget(this)), tabs_(new QVBoxLayout),
      scroll_(new QScrollArea(this)), search_(new TextField(theme, side_)),
      nothing_(new Label(theme, TextStyle::Control, &Colours::muted)) {
    setWindowTitle(tr("Settings"));
    setMinimumSize(kLeastSize);
    resize(kUsualSize);
    search_->setPlaceholderText(tr("Search settings"));
    search_->setAccessibleName(tr("Search settings"));
    search_->setClearButtonEnabled(true);
    connect(search_, &QLineEdit::textChanged, this, &SettingsDialog::search);
    tabs_->setSpacing(2);
    auto* side = new QVBoxLayout(side_);
    side->setContentsMargins(space::kMedium, space::kLarge, space::kMedium, space::kMedium);
    side->setSpacing(space::kMedium);
    side->addWidget(search_);
    side->addLayout(tabs_);
    side->addStretch(1);

    auto* page = new QWidget;
    auto* centre = new QHBoxLayout(page);
    centre->setContentsMargins(space::kHuge, space::kWide, space::kHuge, 0);
    auto* column = new QWidget(page);
    column->setMaximumWidth(theme.scaled(kColumn) + 2 * space::kHuge);
    centre->addWidget(column);
    parts_ = new QVBoxLayout(column);
    parts_->setContentsMargins(0, 0, 0, 0);
    parts_->setSpacing(space::kSmall);
    nothing_->setText(tr("No setting is called so. Try another word."));
    parts_->addWidget(nothing_);
    addParts(settings, places);
    parts_->addStretch(1);
    scroll_->setWidget(page);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);

    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(side_);
    all->addWidget(scroll_, 1);
    connect(&theme_, &Theme::changed, this, &SettingsDialog::takeTheme);
    takeTheme();
    showSection(SettingsSection::General);
    search_->setFocus();
}

void SettingsDialog::addParts(const std::vector<Setting>& settings, const std::vector<DataPlace>& places) {
    for (const SettingsSection section : {SettingsSection::General, SettingsSection::Appearance,
                                          SettingsSection::Chats, SettingsSection::Models}) {
        const QString title = titleOf(section);
        auto* list = new SettingsList(theme_, title);
        for (const Setting& setting : settings) {
            if (setting.section == section) list->add(setting);
        }
        connect(list, &SettingsList::chosen, this, &SettingsDialog::chosen);
        lists_.push_back(list);
        addPart(section, title, list);
    }
    const QString shortcuts = titleOf(SettingsSection::Shortcuts);
    addPart(SettingsSection::Shortcuts, shortcuts, new ShortcutsPart(theme_, shortcuts));
    const QString offline = titleOf(SettingsSection::Offline);
    offline_ = new OfflinePart(theme_, offline);
    connect(offline_, &OfflinePart::factsWanted, this, &SettingsDialog::offlineFactsWanted);
    addPart(SettingsSection::Offline, offline, offline_);
    const QString about = titleOf(SettingsSection::About);
    auto* aboutPart = new AboutPart(theme_, about, places);
    connect(aboutPart, &AboutPart::resetAllRequested, this, [this] {
        KeyBindings::ofProgram().resetAll();
        emit resetAllRequested();
    });
    addPart(SettingsSection::About, about, aboutPart);
}

QString SettingsDialog::titleOf(SettingsSection section) {
    switch (section) {
    case SettingsSection::General:
        return tr("General");
    case SettingsSection::Appearance:
        return tr("Appearance");
    case SettingsSection::Chats:
        return tr("Chats");
    case SettingsSection::Models:
        return tr("Model and answers");
    case SettingsSection::Shortcuts:
        return tr("Shortcuts");
    case SettingsSection::Offline:
        return tr("Offline proof");
    case SettingsSection::About:
        return tr("Your data and about");
    }
    return {};
}

void SettingsDialog::addPart(SettingsSection section, const QString& title, SettingsPart* part) {
    auto* tab = new Button(theme_, ButtonLook::Row, side_);
    tab->setText(title);
    tab->setTextStyle(TextStyle::Control);
    tab->setTextAlignment(Qt::AlignLeading);
    tab->setExtent(36);
    tab->setCheckable(true);
    tab->setAutoExclusive(true);
    connect(tab, &Button::clicked, this, [this, section] { showSection(section); });
    tabs_->addWidget(tab);
    tabOf_[section] = tab;
    part->hide(); // until it is chosen: what it shows may have to be asked for
    parts_->addWidget(part);
    partOf_[section] = part;
}

void SettingsDialog::setSettings(const std::vector<Setting>& settings) {
    for (const Setting& setting : settings) {
        for (SettingsList* list : lists_) list->refresh(setting);
    }
}

void SettingsDialog::setOfflineFacts(const OfflineFacts& facts) {
    offline_->setFacts(facts);
}

void SettingsDialog::showSection(SettingsSection section) {
    section_ = section;
    tabOf_.at(section)->setChecked(true);
    if (search_->text().isEmpty()) return updateParts();
    search_->clear();
}

void SettingsDialog::showSetting(const QString& id) {
    for (const auto& [section, part] : partOf_) {
        auto* list = qobject_cast<SettingsList*>(part);
        if (!list || !list->has(id)) continue;
        showSection(section);
        QWidget* line = list->pointOut(id);
        // Once the section has its size.
        QTimer::singleShot(0, line, [this, line] { scroll_->ensureWidgetVisible(line); });
    }
}

void SettingsDialog::search() {
    updateParts();
}

void SettingsDialog::updateParts() {
    const QStringList words = search_->text().split(' ', Qt::SkipEmptyParts);
    int found = 0;
    for (const auto& [section, part] : partOf_) {
        const int lines = part->filter(words);
        part->setVisible(words.isEmpty() ? section == section_ : lines > 0);
        found += lines;
    }
    nothing_->setVisible(found == 0);
    scroll_->verticalScrollBar()->setValue(0);
}

void SettingsDialog::takeTheme() {
    side_->setFixedWidth(theme_.scaled(kSideWidth));
    scroll_->verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    update();
}

void SettingsDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !search_->text().isEmpty()) return search_->clear();
    QDialog::keyPressEvent(event);
}

void SettingsDialog::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.fillRect(rect(), colours.background);
    painter.fillRect(side_->geometry(), colours.side);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(mirrored ? side_->x() - 1 : side_->geometry().right(), 0, 1, height(), colours.border);
}

} // namespace ponder::ui
