#pragma once

#include "ui/library/library_values.h"
#include "ui/widgets/page_scroll.h"

class QVBoxLayout;

namespace ponder::ui {

class ChoiceButton;
class DownloadCard;
class Label;
class Theme;

/// What is being downloaded, was, or waits. UI thread only.
class DownloadsPart : public PageScroll {
    Q_OBJECT
public:
    explicit DownloadsPart(Theme& theme, QWidget* parent = nullptr);

    void setDownloads(const std::vector<DownloadRow>& downloads);
    /// Bytes a second; 0: as fast as it comes.
    void setSpeedLimit(qint64 bytesPerSecond);

signals:
    void pauseRequested(const QString& id);
    void resumeRequested(const QString& id);
    void cancelRequested(const QString& id);
    void soonerRequested(const QString& id);
    void cardRequested(const QString& id);
    void speedLimitChosen(qint64 bytesPerSecond);

private:
    void rebuild(const std::vector<DownloadRow>& downloads);

    Label* nothing_;
    QWidget* limitRow_;
    ChoiceButton* limit_;
    QVBoxLayout* rows_;
    std::vector<DownloadCard*> cards_;
};

} // namespace ponder::ui
