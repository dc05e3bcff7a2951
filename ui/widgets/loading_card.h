#pragma once

#include "ui/widgets/card.h"
#include "ui/window_news.h"

#include <QElapsedTimer>

namespace ponder::ui {

class Label;
class ProgressBar;

/// A model on its way into memory: how much, how long yet, and a way out.
class LoadingCard : public Card {
    Q_OBJECT
public:
    explicit LoadingCard(Theme& theme, QWidget* parent = nullptr);

    void setLoading(const ModelLoading& loading);
    void finish();

signals:
    void cancelled();

private:
    QString progressText(const ModelLoading& loading) const;

    Label* name_;
    Label* figures_;
    ProgressBar* bar_;
    QElapsedTimer clock_; ///< since this model began
    QString loadingName_;
};

} // namespace ponder::ui
