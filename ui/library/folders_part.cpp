#include "ui/library/folders_part.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/clear_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_order.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ponder::ui {

FoldersPart::FoldersPart(Theme& theme, QWidget* parent) : PageScroll(theme, parent), rows_(new QVBoxLayout) {
    auto* title = new Label(theme, TextStyle::Heading2, &Colours::text, page_);
    title->setText(tr("Where Ponder looks"));
    auto* words = new Label(theme, TextStyle::Control, &Colours::muted, page_);
    words->setWordWrap(true);
    words->setText(tr("Models are used where they are. Nothing is copied, renamed or written there."));
    watching_ = new Label(theme, TextStyle::Caption, &Colours::muted, page_);
    watching_->setWordWrap(true);
    watching_->hide();
    auto* add = new Button(theme, ButtonLook::Outlined, page_);
    add->setText(tr("Add a folder…"));
    add->setGlyph(Icon::Plus);
    auto* again = new Button(theme, ButtonLook::Quiet, page_);
    again->setText(tr("Look again"));
    again->setGlyph(Icon::Refresh);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    for (Button* button : {add, again}) {
        button->setTextStyle(TextStyle::Control);
        button->setExtent(36);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    rows_->setSpacing(space::kTiny);
    column_->addWidget(title);
    column_->addWidget(words);
    column_->addSpacing(space::kSmall);
    column_->addLayout(rows_);
    column_->addSpacing(space::kSmall);
    column_->addLayout(buttons);
    column_->addWidget(watching_);
    column_->addStretch(1);
    connect(add, &Button::clicked, this, &FoldersPart::askForFolder);
    connect(again, &Button::clicked, this, &FoldersPart::rescanRequested);
}

void FoldersPart::setFolders(const std::vector<ModelFolder>& folders) {
    if (folders == folders_) return;
    folders_ = folders;
    rebuild();
}

void FoldersPart::setWatching(const QString& words) {
    watching_->setText(words);
    watching_->setVisible(!words.isEmpty());
}

QWidget* FoldersPart::makeRow(const ModelFolder& folder) {
    auto* row = new QWidget(widget());
    auto* name =
        new Label(theme_, TextStyle::Control, folder.isThere ? &Colours::text : &Colours::muted, row);
    name->setElided(folder.source.isEmpty() ? folder.path : folder.source);
    auto* detail =
        new Label(theme_, TextStyle::Caption,
                  folder.isThere || !folder.canBeTakenOff ? &Colours::muted : &Colours::warning, row);
    detail->setElided(folder.source.isEmpty() ? folder.note
                                              : tr("%1 · %2", "note, path").arg(folder.note, folder.path));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(name);
    words->addWidget(detail);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, space::kTiny, 0, space::kTiny);
    line->addLayout(words, 1);
    if (folder.canBeTakenOff) {
        auto* remove = new Button(theme_, ButtonLook::Quiet, row);
        remove->setGlyph(Icon::Close);
        remove->setToolTip(tr("Take this folder off the list; nothing in it changes"));
        remove->setAccessibleName(tr("Take %1 off the list").arg(folder.path));
        connect(remove, &Button::clicked, this, [this, path = folder.path] { emit takenOff(path); });
        line->addWidget(remove);
    }
    return row;
}

void FoldersPart::rebuild() {
    clearLayout(*rows_);
    for (const ModelFolder& folder : folders_) rows_->addWidget(makeRow(folder));
    tabAsLaidOut(*widget());
}

void FoldersPart::askForFolder() {
    auto* dialog = new QFileDialog(this, tr("Add a folder with models"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &FoldersPart::added);
    dialog->open();
}

} // namespace ponder::ui
