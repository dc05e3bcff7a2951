#pragma once

#include "ui/window_news.h"

#include <QWidget>

#include <vector>

class QGridLayout;

namespace ponder::ui {

class Button;
class Label;
class Theme;

/// What stands in a chat without messages: a greeting, and prompts to begin with or a way to get a model.
class EmptyPage : public QWidget {
    Q_OBJECT
public:
    explicit EmptyPage(Theme& theme, QWidget* parent = nullptr);

    void setKind(EmptyChat kind);

signals:
    void exampleChosen(const QString& prompt);
    void openModelFileRequested();
    void modelWanted(); ///< a new one, to be downloaded

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setExamples(const QStringList& prompts);
    void arrangeExamples();

    Theme& theme_;
    QWidget* column_;
    Label* greeting_;
    Label* words_;
    QWidget* examplesBox_;
    QGridLayout* grid_;
    std::vector<Button*> examples_;
    Button* get_;
    Button* open_;
    Label* hint_;
};

} // namespace ponder::ui
