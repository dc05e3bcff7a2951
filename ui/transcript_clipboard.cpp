#include "ui/transcript_clipboard.h"

#include "ui/transcript_selection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>

namespace ponder::ui {

namespace {

/// The selection as it is when somebody pastes it: making the text of a long chat takes a while, and of most
/// selections nobody pastes it.
class SelectedText : public QMimeData {
public:
    explicit SelectedText(TranscriptSelection& selection) : selection_(selection.watched()) {}

    QStringList formats() const override { return {QStringLiteral("text/plain")}; }
    bool hasFormat(const QString& type) const override { return formats().contains(type); }

protected:
    QVariant retrieveData(const QString& type, QMetaType) const override {
        const auto selection = selection_.lock();
        if (!selection || !hasFormat(type)) return {};
        return (*selection)->copied(CopyFormat::Text);
    }

private:
    std::weak_ptr<TranscriptSelection*> selection_;
};

} // namespace

void copyRich(const TranscriptSelection& selection) {
    if (selection.isEmpty()) return;
    auto* data = new QMimeData;
    data->setText(selection.copied(CopyFormat::Text));
    data->setHtml(selection.copiedHtml());
    QGuiApplication::clipboard()->setMimeData(data);
}

void offerForMiddleClick(TranscriptSelection& selection) {
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (!clipboard->supportsSelection() || selection.isEmpty()) return;
    clipboard->setMimeData(new SelectedText(selection), QClipboard::Selection);
}

} // namespace ponder::ui
