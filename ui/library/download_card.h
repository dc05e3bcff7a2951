#pragma once

#include "ui/library/library_values.h"
#include "ui/widgets/card.h"

namespace ponder::ui {

class Button;
class Label;
class ProgressBar;

/// One download: how far it is, and what can be done about it. UI thread only.
class DownloadCard : public Card {
    Q_OBJECT
public:
    explicit DownloadCard(Theme& theme, QWidget* parent = nullptr);

    void setDownload(const DownloadRow& download);
    const QString& id() const { return download_.id; }

signals:
    void pauseRequested(const QString& id);
    void resumeRequested(const QString& id); ///< go on, or try again
    void cancelRequested(const QString& id);
    void soonerRequested(const QString& id);
    void cardRequested(const QString& id); ///< of the model that has arrived

private:
    DownloadRow download_;
    Label* name_;
    Label* line_;
    Label* problem_;
    ProgressBar* bar_;
    Button* run_;
    Button* sooner_;
    Button* cancel_;
};

} // namespace ponder::ui
