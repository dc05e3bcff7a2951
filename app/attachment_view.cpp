#include "app/attachment_view.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include "ui/dialogs/text_viewer.h"
#include "ui/script/code_languages.h"
#include "ui/window_dialogs.h"

namespace ponder::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AttachmentView)
};

/// By its name: what is kept of any file is text.
QString kindOf(const QString& name) {
    const QString ending = QFileInfo(name).suffix().toLower();
    if (ending == u"pdf") return Words::tr("Text of a PDF");
    const ui::CodeLanguage* language = ui::findCodeLanguage(name.toLower()); // Makefile
    if (!language && !ending.isEmpty()) language = ui::findCodeLanguage(ending);
    return language ? QString::fromUtf8(language->title) : Words::tr("Text");
}

} // namespace

QString shownSize(const Attachment& attachment) {
    if (attachment.pages > 0) return Words::tr("%Ln page(s)", nullptr, attachment.pages);
    return QLocale().formattedDataSize(qint64(attachment.text.size()), 0, QLocale::DataSizeTraditionalFormat);
}

void viewAttachment(const Attachment& attachment, TokenCounter& counter, ui::MainWindow& window) {
    const QString name = QString::fromStdString(attachment.name);
    ui::TextViewer* viewer = window.dialogs().openText({.name = name,
                                                        .kind = kindOf(name),
                                                        .size = shownSize(attachment),
                                                        .tokens = counter.figure(attachment),
                                                        .text = QString::fromStdString(attachment.text)});
    QObject::connect(&counter, &TokenCounter::changed, viewer,
                     [viewer, &counter, attachment] { viewer->setTokens(counter.figure(attachment)); });
}

} // namespace ponder::app
