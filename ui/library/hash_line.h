#pragma once

#include "ui/library/library_values.h"

#include <QWidget>

namespace ponder::ui {

class Button;
class Label;
class ProgressBar;
class Theme;

/// The SHA-256 of a model's files: how far it is, what it is, and whether it is what its source says. UI
/// thread only.
class HashLine : public QWidget {
    Q_OBJECT
public:
    explicit HashLine(Theme& theme, QWidget* parent = nullptr);

    void setHash(const CardHash& hash);

signals:
    void verifyRequested();

private:
    Label* digest_;
    Label* verdict_;
    ProgressBar* bar_;
    Button* verify_;
};

} // namespace ponder::ui
