#include "ui/dialogs/folder_list.h"

#include "ui/widgets/button.h"
#include "ui/widgets/clear_layout.h"
#include "ui/widgets/label.h"

#include <QFileDialog>
#include <QVBoxLayout>

namespace ponder::ui {

FolderList::FolderList(Theme& theme, const QString& name, QWidget* parent)
    : QWidget(parent), theme_(theme), rows_(new QVBoxLayout) {
    setAccessibleName(name);
    auto* add = new Button(theme, ButtonLook::Outlined, this);
    add->setText(tr("Add a folder…"));
    add->setGlyph(Icon::Plus);
    add->setTextStyle(TextStyle::Control);
    connect(add, &Button::clicked, this, &FolderList::askForFolder);
    rows_->setSpacing(space::kTiny);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addLayout(rows_);
    column->addWidget(add, 0, Qt::AlignLeading);
}

void FolderList::setFolders(const QStringList& folders) {
    if (folders == folders_) return;
    folders_ = folders;
    rebuild();
}

void FolderList::rebuild() {
    clearLayout(*rows_);
    for (const QString& folder : folders_) {
        auto* row = new QWidget(this);
        auto* path = new Label(theme_, TextStyle::Control, &Colours::text, row);
        path->setElided(folder);
        auto* remove = new Button(theme_, ButtonLook::Quiet, row);
        remove->setGlyph(Icon::Close);
        remove->setToolTip(tr("Take this folder off the list"));
        remove->setAccessibleName(tr("Take %1 off the list").arg(folder));
        connect(remove, &Button::clicked, this, [this, folder] {
            QStringList rest = folders_;
            rest.removeAll(folder);
            emit chosen(rest);
        });
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->addWidget(path, 1);
        line->addWidget(remove);
        rows_->addWidget(row);
    }
}

void FolderList::askForFolder() {
    auto* dialog = new QFileDialog(this, tr("Add a folder with models"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        if (!folders_.contains(folder)) emit chosen(folders_ + QStringList{folder});
    });
    dialog->open();
}

} // namespace ponder::ui
