#pragma once

#include "ui/theme.h"
#include "ui/widgets/token_figure.h"

#include <QAbstractButton>
#include <QString>

#include <memory>

namespace ponder::ui {

class Button;
class FocusRing;

enum class AttachmentState {
    Reading, ///< on its way; its text is not known yet
    Ready,
};

/// Where an attachment came from: what was pasted can become text again.
enum class AttachmentOrigin { File, Pasted };

/// A file that goes with the prompt, as it is shown before it is sent.
struct AttachmentContent {
    int id = 0;
    QString name;
    QString size; ///< "12 KB", "3 pages"
    TokenFigure tokens = {};
    AttachmentState state = AttachmentState::Ready;
    AttachmentOrigin origin = AttachmentOrigin::File;

    bool operator==(const AttachmentContent&) const = default;
};

/// One attachment above the text of a prompt: pressed, it opens; Delete or its cross takes it away.
class AttachmentChip : public QAbstractButton {
    Q_OBJECT
public:
    AttachmentChip(Theme& theme, QWidget* parent);
    ~AttachmentChip() override;

    void setContent(const AttachmentContent& content);
    const AttachmentContent& content() const { return content_; }
    QWidget* cross() const;

    QSize sizeHint() const override;

signals:
    void removeRequested(int id);
    void openRequested(int id);
    void asTextRequested(int id); ///< what was pasted is wanted in the prompt

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QString detail(const QString& tokens) const;
    void placeCross();

    Theme& theme_;
    AttachmentContent content_;
    Button* cross_;
    std::unique_ptr<FocusRing> ring_;
};

} // namespace ponder::ui
